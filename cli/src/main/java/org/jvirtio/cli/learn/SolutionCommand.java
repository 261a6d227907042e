package org.jvirtio.cli.learn;

import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints one way to fill the hole, for after the learner's own. */
@Command(
        name = "solution",
        description = "Print a solution of a lesson's exercise.",
        mixinStandardHelpOptions = true)
final class SolutionCommand implements Callable<Integer> {

    @Parameters(paramLabel = "N", description = "which lesson")
    private int number;

    private final Console console;

    SolutionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(LearnCommand.lesson(number).exercise().solved());
        return ExitCode.DONE;
    }
}
