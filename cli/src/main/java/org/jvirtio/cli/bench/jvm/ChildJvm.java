package org.jvirtio.cli.bench.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;

/**
 * A program of ours in a JVM of its own, that takes orders on its standard input and answers on its
 * standard output. What it complains of goes where ours does.
 */
public final class ChildJvm implements AutoCloseable {

    /**
     * One collector thread at most, and memory that is there before it is measured. And hot methods
     * are inlined whichever of them was compiled first: with the JVM's own limit on compiled code
     * (2500 bytes) that decides, in each JVM anew, and a loop over a ring may be slower by a third.
     */
    public static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms64m",
                    "-Xmx64m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:InlineSmallCode=8000");

    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private ChildJvm(Process process) {
        this.process = process;
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a class of this class path with {@link #FLAGS}.
     *
     * @param what it is, for the message if it cannot be started
     */
    public static ChildJvm start(String what, String main, List<String> arguments) {
        List<String> command = command(FLAGS, System.getProperty("java.class.path"));
        command.add(main);
        command.addAll(arguments);
        try {
            return new ChildJvm(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "starting " + what + ": " + e.getMessage() + ". Check JAVA_HOME.", e);
        }
    }

    /** The Java of this process, up to the name of a class; may be added to. */
    public static List<String> command(List<String> flags, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        // What newer JDKs want to be told of native access and Unsafe, the launcher told us.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    public PrintStream orders() {
        return orders;
    }

    public BufferedReader answers() {
        return answers;
    }

    /** From now on nobody takes its answers: without a reader it would stop once a pipe is full. */
    public void ignoreAnswers() {
        Thread thread = new Thread(this::discard, "answers of a child");
        thread.setDaemon(true);
        thread.start();
    }

    private void discard() {
        try {
            answers.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            return; // It has ended.
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it at once, whatever it does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Ends it as people end a server (SIGTERM), and waits for that. */
    public void stop() {
        process.destroy();
        await();
    }

    /** Lets it see the end of its orders, which ends it, and waits for that. */
    @Override
    public void close() {
        orders.close();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
