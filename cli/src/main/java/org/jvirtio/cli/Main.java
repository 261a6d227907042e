package org.jvirtio.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;
import org.jvirtio.cli.bench.BenchCommand;
import org.jvirtio.cli.lab.CheckCommand;
import org.jvirtio.cli.lab.FaultsCommand;
import org.jvirtio.cli.lab.MatrixCommand;
import org.jvirtio.cli.lab.OverlayCommand;
import org.jvirtio.cli.lab.TraceCommand;
import org.jvirtio.cli.learn.LearnCommand;
import org.jvirtio.cli.net.NetCommand;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The {@code jvirtio} command, as the launcher at the root starts it: arguments as typed, results
 * on standard output, progress and complaints on standard error.
 *
 * <p>Exit status: see {@link ExitCode}.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Console console = new Console(System.out, System.err, Paint.forTerminal());
        System.exit(execute(console, arguments));
    }

    /** Runs one command; never exits or throws for what a user, a machine or a device did. */
    static int execute(Console console, String... arguments) {
        try {
            return run(console, arguments);
        } catch (UsageException | VirtioException e) {
            return complain(console, e);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private static int run(Console console, String[] arguments) {
        if (arguments.length == 0 || arguments[0].equals("--help")) {
            printUsage(arguments.length == 0 ? console.err() : console.out());
            return arguments.length == 0 ? ExitCode.USAGE : ExitCode.DONE;
        }
        // Only the one command is built: describing all of them to the parser costs more than most
        // commands take to run.
        CommandLine line = line(console, arguments[0]);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((thrown, command, parsed) -> complain(console, thrown));
        line.setParameterExceptionHandler((thrown, typed) -> mistyped(console, thrown));
        return line.execute(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static CommandLine line(Console console, String name) {
        return switch (name) {
            case "bench" -> BenchCommand.line(console);
            case "trace" -> TraceCommand.line(console);
            case "learn" -> LearnCommand.line(console, Main::execute);
            default -> new CommandLine(command(console, name));
        };
    }

    /** Prints what went wrong, and says what the shell is told. */
    private static int complain(Console console, Exception thrown) {
        if (!(thrown instanceof UsageException || thrown instanceof VirtioException)) {
            console.progress("this is a defect of jvirtio; please report it with what follows");
            thrown.printStackTrace(console.err());
            return ExitCode.FAILED;
        }
        console.progress(thrown.getMessage());
        if (thrown instanceof UsageException) {
            return ExitCode.USAGE;
        }
        return thrown instanceof EnvironmentException ? ExitCode.ENVIRONMENT : ExitCode.FAILED;
    }

    private static int mistyped(Console console, ParameterException thrown) {
        console.progress(thrown.getMessage());
        thrown.getCommandLine().usage(console.err());
        return ExitCode.USAGE;
    }

    private static Callable<Integer> command(Console console, String name) {
        return switch (name) {
            case "run" -> new RunCommand(console);
            case "probe" -> new ProbeCommand(console);
            case "explain" -> new ExplainCommand(console);
            case "guest" -> new GuestCommand(console);
            case "image" -> new ImageCommand(console);
            case "matrix" -> new MatrixCommand(console);
            case "faults" -> new FaultsCommand(console);
            case "overlay" -> new OverlayCommand(console);
            case "check" -> new CheckCommand(console);
            case "serve" -> new ServeCommand(console);
            case "net" -> new NetCommand(console);
            case "doctor" -> new DoctorCommand(console);
            default ->
                    throw new UsageException(
                            "there is no command '" + name + "'; jvirtio --help lists them");
        };
    }

    private static void printUsage(PrintStream to) {
        try (InputStream usage = Main.class.getResourceAsStream("usage.txt")) {
            usage.transferTo(to);
        } catch (IOException cause) {
            throw new UncheckedIOException("reading usage.txt from the cli jar", cause);
        }
        to.flush();
    }
}
