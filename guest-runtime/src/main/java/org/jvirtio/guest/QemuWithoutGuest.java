package org.jvirtio.guest;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;
import org.jvirtio.qtest.QtestMachine;

/**
 * A QEMU whose processor does nothing, so that this process can drive its devices over the qtest
 * socket. Starts in a fraction of a second and needs neither KVM nor root; it ends with {@link
 * #close}, and when this JVM ends or the thread that started it: to the kernel that is the parent
 * (PR_SET_PDEATHSIG, prctl(2)).
 */
public final class QemuWithoutGuest implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 5;
    private static final String MEMORY = "256M";

    private static final int ROM_BYTES = 1 << 16;

    /** Where an x86 processor starts: 16 bytes before the end of the ROM. */
    private static final int RESET = ROM_BYTES - 16;

    /** {@code cli; again: hlt; jmp again}. */
    private static final byte[] HALT = {(byte) 0xfa, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd};

    private final Path directory;
    private final Process process;
    private final Thread ending;

    private QemuWithoutGuest(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        ending = new Thread(process::destroyForcibly, "end-qemu");
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /**
     * Starts a q35 and returns once it answers.
     *
     * @param directory of the caller's own, for the socket and the memory
     * @param qemuArguments devices and anything else, in QEMU's own words
     * @throws EnvironmentException if there is no QEMU, or it refuses, with what it said
     */
    public static QemuWithoutGuest start(Path directory, List<String> qemuArguments) {
        try {
            Files.deleteIfExists(socket(directory)); // of a QEMU that was killed
            Files.write(rom(directory), haltingRom());
            Process process =
                    QemuStart.of(command(directory, qemuArguments), "starting QEMU")
                            .redirectErrorStream(true)
                            .redirectOutput(log(directory).toFile())
                            .start();
            QemuWithoutGuest qemu = new QemuWithoutGuest(directory, process);
            qemu.awaitAnswers();
            return qemu;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "starting QEMU in " + directory + ": " + e + ". Make room there.", e);
        }
    }

    /** The whole QEMU command. */
    public static List<String> command(Path directory, List<String> qemuArguments) {
        List<String> command = new ArrayList<>(List.of(GuestMachine.QEMU));
        command.addAll(List.of("-machine", "q35,memory-backend=ram", "-m", MEMORY));
        command.addAll(
                List.of(
                        "-object",
                        "memory-backend-file,id=ram,share=on,size="
                                + MEMORY
                                + ",mem-path="
                                + QemuValue.of(memory(directory))));
        command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none"));
        // Debian's QEMU has no accelerator 'qtest'. With a processor that was never started (-S) it
        // counts as stopped, and its devices serve nobody; so the processor runs, and halts.
        command.addAll(List.of("-accel", "tcg", "-bios", rom(directory).toString()));
        command.addAll(
                List.of(
                        "-qtest",
                        "unix:" + QemuValue.of(socket(directory)) + ",server=on,wait=off",
                        "-qtest-log",
                        "none"));
        command.addAll(qemuArguments);
        return command;
    }

    /** Where the socket of a QEMU is that was started in {@code directory}. */
    public static Path socket(Path directory) {
        return directory.resolve("qemu.sock");
    }

    public Path socket() {
        return socket(directory);
    }

    /** The file with its memory. */
    public Path memory() {
        return memory(directory);
    }

    private static Path memory(Path directory) {
        return Path.of(socket(directory) + ".ram");
    }

    private static Path rom(Path directory) {
        return directory.resolve("halt.rom");
    }

    private static Path log(Path directory) {
        return directory.resolve("qemu.log");
    }

    private static byte[] haltingRom() {
        byte[] rom = new byte[ROM_BYTES];
        Arrays.fill(rom, (byte) 0xff);
        System.arraycopy(HALT, 0, rom, RESET, HALT.length);
        return rom;
    }

    /**
     * QEMU makes the file of its socket, listens there a moment later, and makes its devices after
     * that, any of which it may refuse.
     */
    private void awaitAnswers() throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!isListening()) {
            if (!sleepWhileAlive() || System.nanoTime() - end > 0) {
                throw refused("it made no socket", null);
            }
        }
    }

    private boolean isListening() throws IOException {
        try {
            QtestMachine.attach(socket(), memory()).close();
            return true;
        } catch (EnvironmentException e) {
            if (isTooEarly(e.getCause())) {
                return false;
            }
            throw refused(e.getMessage(), e);
        } catch (VirtioException e) {
            throw refused(e.getMessage(), e);
        }
    }

    /** There is no socket, or nobody listens there, so far. */
    private static boolean isTooEarly(Throwable cause) {
        return cause instanceof SocketException;
    }

    private EnvironmentException refused(String found, Throwable cause) throws IOException {
        close();
        return new EnvironmentException(
                "starting QEMU: it said '"
                        + Files.readString(log(directory)).strip()
                        + "' ("
                        + found
                        + "). Mend its arguments, or install what it misses.",
                cause);
    }

    /** False once QEMU has ended. */
    private boolean sleepWhileAlive() {
        try {
            return !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new EnvironmentException("starting QEMU: interrupted, and QEMU ended.", e);
        }
    }

    /**
     * How it ended, if it does within {@code limit}: with its exit status, and what it said.
     *
     * @param limit zero to only look
     */
    public Optional<String> endingWithin(Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            return Optional.of(
                    "QEMU ended with exit status "
                            + process.exitValue()
                            + ", saying '"
                            + Files.readString(log(directory)).strip()
                            + "'");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "QEMU ended with exit status "
                            + process.exitValue()
                            + ", and left no log: "
                            + e);
        }
    }

    /** Ends it: it has nothing to save that was not flushed. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(1, TimeUnit.SECONDS).exceptionally(late -> process).join();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            return; // The JVM is going down, and the hook does the same once more.
        }
    }
}
