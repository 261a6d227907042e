package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.EnvironmentException;

/** Frames to another process, with their lengths before them, and peers that send anything. */
@Timeout(60)
class NetStreamTest {

    @TempDir Path directory;

    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private NetBackend backend;

    @BeforeEach
    void listen() {
        backend = new NetStream(new SocketEnd(directory.resolve("net")));
        backend.connect(received::add);
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(directory.resolve("net")));
        return channel;
    }

    private static byte[] frame(int number, int length) {
        byte[] frame = new byte[length];
        Arrays.fill(frame, (byte) number);
        return frame;
    }

    private static ByteBuffer message(byte[] frame) {
        return ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip();
    }

    private static byte[] read(SocketChannel peer) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(4);
        fill(peer, length);
        ByteBuffer frame = ByteBuffer.allocate(length.getInt(0));
        fill(peer, frame);
        return frame.array();
    }

    private static void fill(SocketChannel peer, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && peer.read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        assertEquals(0, buffer.remaining(), "the connection ended");
    }

    private void awaitReceived(int count) {
        ConsoleStation.await(() -> received.size() == count);
    }

    @Test
    void framesGoBothWaysInPiecesOfAnySize() throws IOException {
        try (SocketChannel peer = connect()) {
            ByteBuffer two = ByteBuffer.allocate(4 + 60 + 4 + 65536);
            two.put(message(frame(1, 60))).put(message(frame(2, 65536))).flip();
            for (int limit : new int[] {3, 4, 50, 66, 1000, two.capacity()}) {
                peer.write(two.limit(limit));
            }
            awaitReceived(2);
            assertArrayEquals(frame(1, 60), received.get(0));
            assertArrayEquals(frame(2, 65536), received.get(1));
            backend.transmit(frame(3, 1514));
            assertArrayEquals(frame(3, 1514), read(peer));
        }
    }

    @Test
    void twoModelsMeetAtASocket() {
        Path path = directory.resolve("pair");
        List<byte[]> arrived = new CopyOnWriteArrayList<>();
        NetBackend first = new NetStream(new SocketEnd(path));
        first.connect(arrived::add);
        NetBackend second = new NetStream(new ConnectedEnd(path));
        second.connect(frame -> {});
        ConsoleStation.await(
                () -> {
                    second.transmit(frame(4, 60));
                    return !arrived.isEmpty();
                });
        assertArrayEquals(frame(4, 60), arrived.get(0));
        second.close();
        first.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 69633, 0x47455420})
    void aLengthThatNoFrameHasEndsTheConnectionAndTheNextIsWelcome(int length) throws IOException {
        try (SocketChannel peer = connect()) {
            peer.write(ByteBuffer.allocate(4).putInt(0, length));
            assertEquals(-1, peer.read(ByteBuffer.allocate(1)));
        }
        try (SocketChannel next = connect()) {
            next.write(message(frame(5, 60)));
            awaitReceived(1);
        }
    }

    @Test
    void aFrameShorterThanItsHeaderIsLostAndCounted() throws IOException {
        try (SocketChannel peer = connect()) {
            peer.write(message(frame(1, 0)));
            peer.write(message(frame(1, 13)));
            peer.write(message(frame(1, 14)));
            awaitReceived(1);
            assertEquals(2, backend.lostFrames());
        }
    }

    @Test
    void aPeerThatDoesNotReadLosesWholeFrames() throws IOException {
        try (SocketChannel peer = connect()) {
            peer.write(message(frame(1, 60)));
            awaitReceived(1);
            int sent = 0;
            while (backend.lostFrames() == 0 && sent < 10_000) {
                backend.transmit(frame(sent++, 1514));
            }
            assertTrue(backend.lostFrames() == 1, "nothing was lost of " + sent);
            for (int i = 0; i < sent - 1; i++) {
                assertArrayEquals(frame(i, 1514), read(peer));
            }
            backend.transmit(frame(99, 60));
            assertArrayEquals(frame(99, 60), read(peer));
        }
    }

    @Test
    void whatIsSentToNobodyIsCounted() {
        backend.transmit(frame(1, 60));
        assertEquals(1, backend.lostFrames());
    }

    @Test
    void aPeerThatIsNotThereIsAMatterOfTheEnvironment() {
        assertThrows(
                EnvironmentException.class,
                () -> EmulatedDevices.parse("net,connect=" + directory.resolve("nobody")));
    }

    @Test
    void aNetworkHasOneOtherEnd() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> EmulatedDevices.parse("net,hub=a,tap=b"))
                        .getMessage();
        assertTrue(message.contains("hub= and tap="), message);
    }

    /** The loopback interface is no tap, whatever this machine allows. */
    @Test
    void aTapThatCannotBeIsRefusedWithTheReasonAndWhatToDo() {
        String message =
                assertThrows(EnvironmentException.class, () -> EmulatedDevices.parse("net,tap=lo"))
                        .getMessage();
        assertTrue(message.contains("listen=PATH or hub=NAME"), message);
    }

    @Test
    void aTapWithAnImpossibleNameIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> EmulatedDevices.parse("net,tap=averyveryverylongname"));
    }
}
