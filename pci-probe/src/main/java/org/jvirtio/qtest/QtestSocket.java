package org.jvirtio.qtest;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;

/**
 * QEMU's qtest protocol: a line for each command, a line for its answer, and between them lines
 * that say which interrupt pin went up or down.
 *
 * <pre>
 *   inl 0xcfc       ->  OK 0x10051af4
 *   outl 0xcf8 0x0  ->  OK
 *                       IRQ raise 20
 *   outq 1 2        ->  FAIL Unknown command 'outq'
 * </pre>
 *
 * <p>Nothing that QEMU sends is trusted: a line has an end within {@link #LONGEST_LINE} bytes, an
 * answer comes within a limit, a value fits its width. Whatever breaks one of these ends the
 * session, since the next answer could be that of an earlier command. Thread-safe.
 *
 * <p>Pins change while nobody asks: that of a PC's timer eighteen times a second. QEMU waits, with
 * all its devices, until there is room for the line that says so. So a thread takes them in between
 * ({@link #takePins}).
 */
final class QtestSocket implements AutoCloseable {

    /** Bytes; an answer to any of our commands has less than 40. */
    static final int LONGEST_LINE = 4096;

    /** At what has arrived, for one question: a stream of lines need not end. */
    private static final int MOST_LOOKS = 10_000;

    /** Pins of an I/O APIC are far fewer. */
    private static final int PINS = 1024;

    /** Some hundred lines fit into a socket. */
    private static final long PINS_MILLIS = 20;

    private static final String RAISED = "IRQ raise ";
    private static final String LOWERED = "IRQ lower ";

    private final Path path;
    private final Duration limit;
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer received = ByteBuffer.allocate(LONGEST_LINE).flip();
    private final BitSet raised = new BitSet();
    private String ended = "";

    private QtestSocket(Path path, Duration limit, SocketChannel channel) throws IOException {
        this.path = path;
        this.limit = limit;
        this.channel = channel;
        channel.configureBlocking(false);
        selector = channel.provider().openSelector();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * Connects to a QEMU that listens.
     *
     * @param limit longest wait for one answer, and for room among those that wait already
     * @throws EnvironmentException if nobody listens there, or there is no room
     */
    static QtestSocket connect(Path path, Duration limit) {
        try {
            QtestSocket socket = new QtestSocket(path, limit, channel(path, limit));
            Thread pins = new Thread(socket::takePins, "qtest pins");
            pins.setDaemon(true);
            pins.start();
            return socket;
        } catch (IOException e) {
            throw new EnvironmentException(
                    String.format(
                            "connecting to QEMU at %s: %s. Start one with -qtest"
                                    + " unix:%s,server=on,wait=off -qtest-log none.",
                            path, e.getMessage(), path),
                    e);
        }
    }

    /** QEMU serves one connection and lets few wait: connecting may last as long as that one. */
    private static SocketChannel channel(Path path, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        CompletableFuture<Void> late =
                CompletableFuture.runAsync(
                        () -> giveUp(channel),
                        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return channel;
        } catch (AsynchronousCloseException e) {
            throw new IOException("it accepts nobody, as another program is connected to it", e);
        } catch (IOException e) {
            giveUp(channel);
            throw e;
        } finally {
            late.cancel(false);
        }
    }

    /** Also ends a connect of another thread. */
    private static void giveUp(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return; // There was nothing left to send.
        }
    }

    /** Has a command done that answers nothing more than that it was. */
    synchronized void command(String command) {
        requireOk(command, answer(command));
    }

    /** The word that answers a command: {@code little} to {@code endianness}. */
    synchronized String word(String command) {
        return requireOk(command, answer(command));
    }

    /** Has a command done, if this QEMU and its accelerator know it. */
    synchronized boolean tryCommand(String command) {
        String answer = answer(command);
        if (answer.startsWith("FAIL")) {
            return false;
        }
        requireOk(command, answer);
        return true;
    }

    /**
     * The number that answers a command.
     *
     * @param width bytes it may have
     */
    synchronized long value(String command, int width) {
        String word = requireOk(command, answer(command));
        try {
            if (word.startsWith("0x")) {
                long value = Long.parseUnsignedLong(word.substring(2), 16);
                if (width == Long.BYTES || value >>> (8 * width) == 0) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            throw end(noAnswer(command, word), e);
        }
        throw end(noAnswer(command, word), null);
    }

    /** Whether a pin is up, as far as QEMU has told. Never waits. */
    synchronized boolean pinRaised() {
        requireOpen();
        for (int look = 0; look < MOST_LOOKS && (hasLine() || receive()); look++) {
            if (hasLine()) {
                String line = nextLine();
                if (!takePin(line)) {
                    throw end("an answer that was not asked for: '" + line + "'", null);
                }
            }
        }
        return !raised.isEmpty();
    }

    /** True once the session is over, even if nobody has noticed so far that QEMU has gone. */
    synchronized boolean isEnded() {
        try {
            pinRaised();
            return false;
        } catch (VirtioException over) {
            return true;
        }
    }

    /** What the thread of this socket does: looks now and then, until the session is over. */
    private synchronized void takePins() {
        try {
            while (!isEnded()) {
                wait(PINS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String answer(String command) {
        requireOpen();
        long end = System.nanoTime() + limit.toNanos();
        send(command, end);
        String line = awaitLine(command, end);
        while (takePin(line)) {
            requireTime(command, end); // A stream of pins need not end.
            line = awaitLine(command, end);
        }
        return line;
    }

    private String requireOk(String command, String answer) {
        if (answer.equals("OK")) {
            return "";
        }
        if (!answer.startsWith("OK ")) {
            throw end(noAnswer(command, answer), null);
        }
        return answer.substring(3);
    }

    private static String noAnswer(String command, String answer) {
        String shown = answer.length() > 80 ? answer.substring(0, 80) + "..." : answer;
        return "'" + shown + "' is no answer to '" + command + "'";
    }

    /** Notes a change of a pin; false if the line says something else. */
    private boolean takePin(String line) {
        boolean up = line.startsWith(RAISED);
        if (!up && !line.startsWith(LOWERED)) {
            return false;
        }
        try {
            int pin = Integer.parseInt(line.substring(RAISED.length()));
            if (pin >= 0 && pin < PINS) {
                raised.set(pin, up);
                return true;
            }
        } catch (NumberFormatException e) {
            throw end("no pin in '" + line + "'", e);
        }
        throw end("no such pin: '" + line + "'", null);
    }

    private void send(String command, long end) {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(command + "\n");
        try {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    requireTime(command, end);
                    Thread.onSpinWait();
                }
            }
        } catch (IOException e) {
            throw end("'" + command + "' could not be sent: " + e.getMessage(), e);
        }
    }

    private String awaitLine(String command, long end) {
        while (!hasLine()) {
            if (!receive()) {
                requireTime(command, end);
                select(end);
            }
        }
        return nextLine();
    }

    private void requireTime(String command, long end) {
        if (System.nanoTime() - end >= 0) {
            ended =
                    "no answer to '"
                            + command
                            + "' for "
                            + limit.toMillis()
                            + " ms (-Djvirtio.qtestMillis)";
            throw new DeviceTimeoutException(message(ended));
        }
    }

    private void select(long end) {
        try {
            selector.select(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw end(e.getMessage(), e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw end("this thread was interrupted", null);
        }
    }

    private boolean hasLine() {
        for (int i = received.position(); i < received.limit(); i++) {
            if (received.get(i) == '\n') {
                return true;
            }
        }
        return false;
    }

    private String nextLine() {
        StringBuilder line = new StringBuilder();
        for (byte next = received.get(); next != '\n'; next = received.get()) {
            line.append((char) (next & 0xff));
        }
        return line.toString();
    }

    /** Takes what has arrived; false if that is nothing. */
    private boolean receive() {
        received.compact();
        int count;
        try {
            if (!received.hasRemaining()) {
                throw end("a line of more than " + LONGEST_LINE + " bytes", null);
            }
            count = channel.read(received);
        } catch (IOException e) {
            throw end(e.getMessage(), e);
        } finally {
            received.flip();
        }
        if (count < 0) {
            String half = received.hasRemaining() ? ", in the middle of a line" : "";
            throw end("QEMU closed the socket" + half, null);
        }
        return count > 0;
    }

    private void requireOpen() {
        if (!ended.isEmpty()) {
            throw new DeviceBrokenException(message("the session has ended before: " + ended));
        }
    }

    private VirtioException end(String found, Throwable cause) {
        ended = found;
        return new DeviceBrokenException(message(found), cause);
    }

    private String message(String found) {
        return "talking to QEMU at "
                + path
                + ": "
                + found
                + ". Look whether it still runs, whether another program is connected to it, and"
                + " what it printed; then open the function anew.";
    }

    @Override
    public synchronized void close() {
        ended = ended.isEmpty() ? "it was closed" : ended;
        notifyAll();
        try (channel) {
            selector.close();
        } catch (IOException e) {
            return; // There was nothing left to send.
        }
    }
}
