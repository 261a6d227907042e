package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.linux.OpenFiles;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/** What a message is, and what ends a session (vfio-user, Header). */
@Timeout(20)
class MessageSocketTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final NativeMemory bytes = NativeMemory.allocate(4096);
    private UnixSocket raw;
    private MessageSocket socket;

    @BeforeEach
    void connect() {
        UnixSocket.Pair pair = UnixSocket.pair();
        raw = pair.first();
        socket = new MessageSocket(pair.second(), "a test", Duration.ofMillis(100));
    }

    @AfterEach
    void closeBoth() {
        raw.close();
        socket.close();
        bytes.close();
    }

    /** Sends a header as it stands, and {@code payload} bytes behind it. */
    private void send(int id, int command, int size, int flags, int error, int payload) {
        bytes.write16(HeaderField.MESSAGE_ID.offset(), id);
        bytes.write16(HeaderField.COMMAND.offset(), command);
        bytes.write32(HeaderField.SIZE.offset(), size);
        bytes.write32(HeaderField.FLAGS.offset(), flags);
        bytes.write32(HeaderField.ERROR.offset(), error);
        raw.outgoing().piece(bytes.address(), HeaderField.LENGTH + payload);
        assertEquals(0, raw.send(System.nanoTime() + SECOND));
        raw.outgoing().clear();
    }

    private void take(int count) {
        PassedDescriptors passed = new PassedDescriptors();
        long deadline = System.nanoTime() + SECOND;
        assertEquals(count, raw.receive(bytes.address(), count, passed, 8, deadline));
        passed.closeRest();
    }

    private DeviceBrokenException broken() {
        DeviceBrokenException broken =
                assertThrows(DeviceBrokenException.class, () -> socket.receive(SECOND));
        assertTrue(socket.isEnded());
        assertThrows(DeviceBrokenException.class, () -> socket.receive(SECOND));
        return broken;
    }

    @Test
    void aCommandIsSentWithItsHeader() {
        socket.out().write32(0, 0x01020304);
        socket.sendCommand(Command.DEVICE_RESET, 0, true);
        int id = socket.sendCommand(Command.DMA_MAP, 4, false);
        assertEquals(1, id);
        take(16);
        assertEquals(HeaderField.FLAG_NO_REPLY, bytes.read32(HeaderField.FLAGS.offset()));
        take(20);
        assertEquals(1, bytes.read16(HeaderField.MESSAGE_ID.offset()));
        assertEquals(2, bytes.read16(HeaderField.COMMAND.offset()));
        assertEquals(20, bytes.read32(HeaderField.SIZE.offset()));
        assertEquals(0, bytes.read32(HeaderField.FLAGS.offset()));
        assertEquals(0x01020304, bytes.read32(16));
    }

    @Test
    void aReplyEchoesIdAndCommandAndCarriesDataFromWhereTheyAre() {
        send(0xabcd, 11, 16, 0, 0, 0);
        assertTrue(socket.receive(SECOND));
        NativeMemory data = NativeMemory.allocate(8);
        data.write32(4, 0x55667788);
        socket.out().write32(0, 0x11223344);
        socket.sendReply(4, data, 4, 4);
        take(24);
        assertEquals(0xabcd, bytes.read16(HeaderField.MESSAGE_ID.offset()));
        assertEquals(11, bytes.read16(HeaderField.COMMAND.offset()));
        assertEquals(24, bytes.read32(HeaderField.SIZE.offset()));
        assertEquals(HeaderField.TYPE_REPLY, bytes.read32(HeaderField.FLAGS.offset()));
        assertEquals(0x5566778811223344L, bytes.read64(16));
    }

    @Test
    void anErrorHasNoPayloadAndANumber() {
        send(1, 99, 20, 0, 0, 4);
        assertTrue(socket.receive(SECOND));
        assertEquals(null, socket.received().command());
        socket.sendError(Errno.EINVAL);
        take(16);
        assertEquals(16, bytes.read32(HeaderField.SIZE.offset()));
        assertEquals(0x21, bytes.read32(HeaderField.FLAGS.offset()));
        assertEquals(22, bytes.read32(HeaderField.ERROR.offset()));
    }

    @Test
    void aCommandThatWantsNoReplyGetsNone() {
        send(1, 10, 16, HeaderField.FLAG_NO_REPLY, 0, 0);
        assertTrue(socket.receive(SECOND));
        socket.sendReply(0);
        socket.sendError(Errno.EIO);
        assertFalse(raw.awaitReadable(1_000_000));
    }

    @Test
    void anErrorWithoutItsNumberIsAnError() {
        send(1, 4, 16, HeaderField.TYPE_REPLY | HeaderField.FLAG_ERROR, 0, 0);
        assertTrue(socket.receive(SECOND));
        assertEquals(Errno.EIO.number(), socket.received().error());
        send(1, 4, 16, HeaderField.FLAG_ERROR, 22, 0);
        assertTrue(socket.receive(SECOND));
        assertEquals(0, socket.received().error(), "a command has no error");
    }

    @Test
    void nothingIsNoError() {
        assertFalse(socket.receive(1_000_000));
        assertFalse(socket.isEnded());
    }

    @Test
    void aSizeBelowTheHeaderEndsTheSession() {
        send(1, 4, 15, 0, 0, 0);
        assertTrue(broken().getMessage().contains("0xf bytes"));
    }

    @Test
    void aSizeAboveWhatWasAllowedEndsTheSessionBeforeThereIsMemoryForIt() {
        socket.allowPayload(64);
        send(1, 4, 16 + 64, 0, 0, 64);
        assertTrue(socket.receive(SECOND));
        send(1, 4, -1, 0, 0, 0);
        assertTrue(broken().getMessage().contains("0xffffffff bytes"));
    }

    @Test
    void aTypeThatIsNoneEndsTheSession() {
        send(1, 4, 16, 2, 0, 0);
        assertTrue(broken().getMessage().contains("type 2"));
    }

    @Test
    void aMessageThatDoesNotEndIsATimeout() {
        send(1, 4, 32, 0, 0, 4);
        assertThrows(DeviceTimeoutException.class, () -> socket.receive(SECOND));
        assertTrue(socket.isEnded());
    }

    @Test
    void aConnectionThatEndsInTheMiddleIsToldFromOneThatEnds() {
        send(1, 4, 32, 0, 0, 4);
        raw.close();
        assertTrue(broken().getMessage().contains("in the middle"));
    }

    @Test
    void aConnectionThatEndsBetweenMessagesEndsTheSession() {
        raw.close();
        assertFalse(broken().getMessage().contains("in the middle"));
    }

    @Test
    void moreDescriptorsThanAllowedEndTheSession() {
        try (MemoryFile file = MemoryFile.create(4096)) {
            raw.outgoing().attach(file.descriptor().fd());
            raw.outgoing().attach(file.descriptor().fd());
            send(1, 4, 16, 0, 0, 0);
            assertTrue(broken().getMessage().contains("more than 1 descriptors"));
        }
    }

    @Test
    void descriptorsOfTheMessageBeforeAreClosedByTheNext() {
        try (MemoryFile file = MemoryFile.create(4096)) {
            long before = OpenFiles.count("memfd:");
            raw.outgoing().attach(file.descriptor().fd());
            send(1, 4, 16, 0, 0, 0);
            assertTrue(socket.receive(SECOND));
            assertEquals(1, socket.received().descriptors().count());
            send(2, 4, 16, 0, 0, 0);
            assertTrue(socket.receive(SECOND));
            assertEquals(0, socket.received().descriptors().count());
            assertEquals(before, OpenFiles.count("memfd:"));
        }
    }

    @Test
    void aPayloadThatIsTooShortForItsMessageEndsTheSession() {
        send(1, 4, 20, 0, 0, 4);
        assertTrue(socket.receive(SECOND));
        socket.requirePayload(4);
        assertThrows(DeviceBrokenException.class, () -> socket.requirePayload(5));
        assertTrue(socket.isEnded());
    }

    /** Whoever looks at a payload may do so until the socket is closed. */
    @Test
    void aBufferThatIsOutgrownIsStillThere() {
        socket.allowPayload(1 << 20);
        NativeMemory small = socket.out();
        small.write64(0, 42);
        assertTrue(socket.out(1 << 20).length() >= 1 << 20);
        for (int i = 0; i < 64; i++) {
            NativeMemory.allocate(small.length()); // would get it, and clear it, if it were free
        }
        assertEquals(42, small.read64(0));
    }

    @Test
    void anEndThatTakesNothingIsATimeout() {
        socket.out(1 << 20);
        assertThrows(
                DeviceTimeoutException.class,
                () -> socket.sendCommand(Command.REGION_WRITE, 1 << 20, false));
        assertTrue(socket.isEnded());
    }
}
