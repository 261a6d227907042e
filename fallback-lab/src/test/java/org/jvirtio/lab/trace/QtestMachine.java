package org.jvirtio.lab.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A QEMU without a guest, spoken to line by line through its qtest socket. */
final class QtestMachine implements AutoCloseable {

    private static final long START_LIMIT_NANOS = 20_000_000_000L;

    private final Process process;
    private final SocketChannel channel;
    private final BufferedReader answers;

    private QtestMachine(Process process, SocketChannel channel) {
        this.process = process;
        this.channel = channel;
        this.answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.US_ASCII));
    }

    /** Starts a machine with one device, given in QEMU's words without its place. */
    static QtestMachine start(Path directory, String device) throws Exception {
        Path socket = directory.resolve("qtest.sock");
        List<String> command =
                List.of(
                        "qemu-system-x86_64",
                        "-machine",
                        "q35",
                        "-m",
                        "2048",
                        "-nodefaults",
                        "-display",
                        "none",
                        // Debian's QEMU has no accelerator qtest; a processor that never starts
                        // does as well.
                        "-accel",
                        "tcg",
                        "-S",
                        "-qtest",
                        "unix:" + socket + ",server=on,wait=off",
                        "-qtest-log",
                        "none",
                        "-device",
                        device + ",addr=04.0");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("qemu.log").toFile())
                        .start();
        try {
            return new QtestMachine(process, connect(process, socket, directory));
        } catch (Exception failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    private static SocketChannel connect(Process process, Path socket, Path directory)
            throws Exception {
        long start = System.nanoTime();
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException early) { // QEMU listens a moment after the socket is there.
                if (!process.isAlive() || System.nanoTime() - start > START_LIMIT_NANOS) {
                    throw new IOException(
                            "QEMU made no socket: "
                                    + Files.readString(directory.resolve("qemu.log")),
                            early);
                }
                Thread.sleep(10);
            }
        }
    }

    /** Sends one command as it is in a script; returns the answer, such as {@code OK 0x1af4}. */
    String command(String line) throws IOException {
        channel.write(StandardCharsets.US_ASCII.encode(line + "\n"));
        String answer = answers.readLine();
        // 'IRQ raise N' may come before any answer.
        while (answer != null && answer.startsWith("IRQ ")) {
            answer = answers.readLine();
        }
        return answer == null ? "QEMU closed the socket" : answer;
    }

    /** Plays a script; returns what was not answered as the script wants it. */
    List<String> play(List<String> script) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : script) {
            if (!line.startsWith("#")) {
                String answer = command(line);
                if (!isRight(line, answer)) {
                    wrong.add(line + " -> " + answer);
                }
            }
        }
        return wrong;
    }

    private static boolean isRight(String line, String answer) {
        int wanted = line.indexOf(" # = 0x");
        if (wanted < 0) {
            return answer.startsWith("OK");
        }
        String value = line.substring(wanted + 7).split(" ", 2)[0];
        return answer.startsWith("OK 0x")
                && Long.parseUnsignedLong(answer.substring(5), 16) == Long.parseLong(value, 16);
    }

    /** QEMU has nothing to save. */
    @Override
    public void close() throws IOException {
        channel.close();
        process.destroyForcibly();
    }
}
