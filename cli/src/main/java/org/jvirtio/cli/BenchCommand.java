package org.jvirtio.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "jvirtio bench")
final class BenchCommand implements Callable<Integer> {
    BenchCommand(Console console) {}

    @Override
    public Integer call() {
        return 1;
    }
}
