package org.jvirtio.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The {@code jvirtio} command, as the launcher at the root starts it: arguments as typed, results
 * on standard output, progress and complaints on standard error.
 *
 * <p>Exit status: 0 done, 1 failed, 2 wrong usage, 3 something is missing on this machine.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    private static int execute(String[] arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            printUsage(System.out);
            return 0;
        }
        System.err.println(
                "jvirtio: no command in \"" + String.join(" ", arguments) + "\". These exist:");
        printUsage(System.err);
        return 2;
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
