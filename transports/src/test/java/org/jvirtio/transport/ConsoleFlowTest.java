package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.device.ConsolePort;
import org.jvirtio.device.PortStalledException;

/**
 * K1 of the table of faults, a host that floods or stalls: whoever is faster waits, memory is that
 * of the queues, and no byte is lost.
 */
class ConsoleFlowTest extends StartedConsole {

    private static final Duration SHORT = Duration.ofMillis(200);

    /** More than the queue, the socket and the model hold together. */
    private static final int MANY = 4 << 20;

    @TempDir Path directory;

    private SocketChannel connect() throws IOException {
        SocketChannel host = SocketChannel.open(StandardProtocolFamily.UNIX);
        host.connect(UnixDomainSocketAddress.of(directory.resolve("host")));
        return host;
    }

    private void startWithSocket(String options) {
        start(options + ",socket=" + directory.resolve("host"));
    }

    private static byte[] many(long seed) {
        byte[] bytes = new byte[MANY];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aHostThatDoesNotReadStallsAWriteAndLosesNothing() throws IOException {
        startWithSocket("");
        ConsolePort port = console();
        byte[] sent = many(1);
        try (SocketChannel host = connect()) {
            assertEquals("x", whenSomebodyListens(port, host));
            PortStalledException stalled =
                    assertThrows(
                            PortStalledException.class,
                            () -> port.write(sent, 0, sent.length, SHORT));
            assertTrue(stalled.getMessage().contains("the host reads nothing"), stalled.toString());
            int taken = stalled.bytesTransferred;
            assertTrue(taken > 0 && taken < sent.length, taken + " bytes");
            assertEquals(0, port.write(sent, taken, sent.length - taken), "no room for any more");

            CompletableFuture<byte[]> seen =
                    CompletableFuture.supplyAsync(() -> drain(host, sent.length));
            port.write(sent, taken, sent.length - taken, LIMIT);

            assertArrayEquals(sent, seen.join());
        }
    }

    /** What is written before the model has noticed the host is lost, as it is for a screen. */
    private String whenSomebodyListens(ConsolePort port, SocketChannel host) throws IOException {
        host.configureBlocking(false);
        ByteBuffer one = ByteBuffer.allocate(1);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (host.read(one) == 0 && System.nanoTime() < end) {
            port.write(bytes("x"), 0, 1, LIMIT);
            driver.await(() -> false, Duration.ofMillis(5));
        }
        ByteBuffer more = ByteBuffer.allocate(1024);
        while (host.read(more) > 0) {
            more.clear();
        }
        host.configureBlocking(true);
        return new String(one.array(), 0, 1, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static byte[] drain(SocketChannel host, int count) {
        ByteBuffer all = ByteBuffer.allocate(count);
        try {
            while (all.hasRemaining() && host.read(all) >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return all.array();
    }

    @Test
    void aHostThatFloodsHasToWaitForTheReader() throws Exception {
        startWithSocket("");
        ConsolePort port = console();
        byte[] sent = many(2);
        try (SocketChannel host = connect()) {
            ByteBuffer left = ByteBuffer.wrap(sent);
            host.configureBlocking(false);
            long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
            while (System.nanoTime() < end) {
                host.write(left);
            }
            assertTrue(left.remaining() > MANY / 2, left.remaining() + " bytes are left");

            host.configureBlocking(true);
            CompletableFuture<Void> rest =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    while (left.hasRemaining()) {
                                        host.write(left);
                                    }
                                    host.shutdownOutput();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            byte[] seen = port.input().readNBytes(sent.length);

            rest.get(10, TimeUnit.SECONDS);
            assertArrayEquals(sent, seen);
        }
    }

    @Test
    void aPortWithNobodyAtItsEndIsWaitedForAndThenUsed() throws IOException {
        start(",ports=2,socket=" + directory.resolve("host"));
        ConsolePort port = driver.awaitPort(1);
        port.open();
        OutputStream out = port.output(SHORT);
        PortStalledException stalled =
                assertThrows(PortStalledException.class, () -> out.write(bytes("hello")));
        assertTrue(
                stalled.getMessage().contains("nobody is at the host's end"), stalled.toString());
        assertEquals(0, stalled.bytesTransferred);

        SocketChannel host = SocketChannel.open(StandardProtocolFamily.UNIX);
        host.connect(UnixDomainSocketAddress.of(directory.resolve("host.1")));
        InputStream in = port.input();
        try (host) {
            port.write(bytes("hello"), 0, 5, LIMIT);
            assertArrayEquals(bytes("hello"), drain(host, 5));
            host.write(ByteBuffer.wrap(bytes("farewell")));
        }

        assertArrayEquals(bytes("farewell"), in.readAllBytes(), "all, and then the end");
        assertEquals(-1, in.read());
        assertTrue(Arrays.asList(driver.ports().toArray()).contains(port));
    }
}
