package org.jvirtio.qtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Listens as QEMU does, and sends back whatever a test makes of a command. */
final class QtestPeer implements AutoCloseable {

    private final Path path;
    private final ServerSocketChannel server;
    private final Thread thread;
    private final Semaphore written = new Semaphore(0);
    private volatile SocketChannel connection;

    /**
     * Listens for one connection.
     *
     * @param answers the very bytes for a command, with their line ends; null hangs up
     */
    QtestPeer(Path path, UnaryOperator<String> answers) throws IOException {
        this.path = path;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        thread = new Thread(() -> serve(answers), "qtest-peer");
        thread.setDaemon(true);
        thread.start();
    }

    Path path() {
        return path;
    }

    /** Waits until all of one more answer is with the kernel; false if it takes too long. */
    boolean awaitWritten(Duration limit) throws InterruptedException {
        return written.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void serve(UnaryOperator<String> answers) {
        try (SocketChannel channel = server.accept()) {
            connection = channel;
            BufferedReader commands =
                    new BufferedReader(Channels.newReader(channel, StandardCharsets.US_ASCII));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String answer = answers.apply(line);
                if (answer == null) {
                    return;
                }
                // Half a line and then no more is one of the things that a test can ask for.
                boolean hangUp = answer.endsWith("HANG UP");
                do {
                    String bytes = answer.replaceAll("HANG UP|FOR EVER", "");
                    channel.write(StandardCharsets.US_ASCII.encode(bytes));
                } while (answer.endsWith("FOR EVER"));
                written.release();
                if (hangUp) {
                    return;
                }
            }
        } catch (IOException e) {
            return; // The test is over, and closed one end or the other.
        }
    }

    /** Closes its end of the connection, and listens no more. */
    void hangUp() throws IOException {
        connection.close();
        server.close();
    }

    /** Both ends are closed when this returns, if the other one is. */
    @Override
    public void close() throws IOException {
        server.close();
        if (connection != null) {
            connection.close();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
