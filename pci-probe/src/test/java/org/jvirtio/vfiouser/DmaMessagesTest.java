package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.PciFunction.Addressing;

/** The memory that a server is told of, and what it reads and writes there by messages. */
class DmaMessagesTest extends VfioUserTest {

    private static final Capabilities NO_DESCRIPTORS =
            new Capabilities(0, 1 << 20, 65535, 4096, false, -1, false);

    private static DmaRegion region(VfioUserFunction function) {
        return function.dmaMemory(Addressing.PHYSICAL).allocate(4096, 4096);
    }

    private static boolean soon(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return condition.getAsBoolean();
    }

    @Test
    void memoryIsSharedThroughItsDescriptor() {
        try (VfioUserFunction function = function()) {
            DmaRegion region = region(function);
            ScriptedServer.Told told = server.memory.get(0);
            assertEquals(region.deviceAddress(), told.address());
            region.memory().write64(8, 0x1122334455667788L);
            assertEquals(0x1122334455667788L, told.mapping().memory().read64(8));
            told.mapping().memory().write64(16, 5);
            assertEquals(5, region.memory().read64(16));
            assertTrue(function.dmaMemory(Addressing.PLATFORM).description().contains("shared"));
        }
        assertTrue(server.memory.isEmpty(), "taken back");
    }

    @Test
    void aServerThatTakesNoDescriptorsIsToldOfTheAddressAlone() {
        server.capabilities = NO_DESCRIPTORS;
        try (VfioUserFunction function = function()) {
            DmaRegion region = region(function);
            assertEquals(region.deviceAddress(), server.memory.get(0).address());
            assertNull(server.memory.get(0).mapping());
        }
    }

    @Test
    void aServerThatRefusesADescriptorIsToldOfTheAddressAlone() {
        server.answering(
                Command.DMA_MAP,
                socket -> {
                    if (socket.received().descriptors().count() > 0) {
                        socket.sendError(Errno.EINVAL);
                    } else {
                        server.dmaMap(socket);
                    }
                });
        try (VfioUserFunction function = function()) {
            DmaMemory memory = function.dmaMemory(Addressing.PHYSICAL);
            memory.allocate(4096, 4096);
            memory.allocate(8 << 20, 4096);
            assertEquals(2, server.memory.size());
            long maps = server.asked.stream().filter(Command.DMA_MAP::equals).count();
            assertEquals(3, maps, "it is not asked again");
            assertTrue(memory.description().contains("messages"), memory.description());
        }
    }

    @Test
    void aServerThatRefusesMemoryIsAnErrorOfTheEnvironment() {
        server.answering(Command.DMA_MAP, socket -> socket.sendError(Errno.ENOMEM));
        try (VfioUserFunction function = function()) {
            EnvironmentException refused =
                    assertThrows(EnvironmentException.class, () -> region(function));
            assertTrue(refused.getMessage().contains("ENOMEM"), refused.getMessage());
        }
    }

    @Test
    void noMoreMappingsAreMadeThanTheServerTakes() {
        server.capabilities = new Capabilities(1, 1 << 20, 2, 4096, false, -1, false);
        try (VfioUserFunction function = function()) {
            DmaMemory memory = function.dmaMemory(Addressing.PHYSICAL);
            memory.allocate(2 << 20, 64);
            memory.allocate(2 << 20, 64);
            assertThrows(EnvironmentException.class, () -> memory.allocate(2 << 20, 64));
            assertEquals(2, server.memory.size());
        }
    }

    @Test
    void mappingsConsistOfPagesOfTheServer() {
        server.capabilities = new Capabilities(1, 1 << 20, 9, 8 << 20, false, -1, false);
        try (VfioUserFunction function = function()) {
            region(function);
            assertEquals(8 << 20, server.memory.get(0).size());
            assertEquals(0, server.memory.get(0).address() % (8 << 20));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 62, 1L << 63})
    void pagesThatNoMemoryConsistsOfAreRefused(long page) {
        server.capabilities = new Capabilities(1, 1 << 20, 9, page, false, -1, false);
        try (VfioUserFunction function = function()) {
            assertThrows(EnvironmentException.class, () -> region(function));
        }
    }

    /**
     * The doorbell of a device that has no shared memory: it reads and writes before it answers.
     */
    @Test
    void theServerIsServedWhileOurRequestIsPending() {
        server.capabilities = NO_DESCRIPTORS;
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (VfioUserFunction function = function()) {
            DmaRegion region = region(function);
            region.memory().write64(0x100, 0xabcdef);
            server.answering(
                    Command.DEVICE_RESET,
                    socket -> {
                        long address = region.deviceAddress() + 0x100;
                        ReceivedMessage read = ScriptedServer.dmaRead(socket, address, 8);
                        seen.add(read.error());
                        seen.add(read.payloadLength());
                        seen.add(read.payload().read64(DmaAccessField.DATA.offset()));
                        ReceivedMessage written = ScriptedServer.dmaWrite(socket, address + 8, 99);
                        seen.add(written.error());
                        seen.add(written.payload().read64(DmaAccessField.COUNT.offset()));
                        socket.sendReply(0);
                    });
            function.reset();
            assertEquals(List.of(0, 24, 0xabcdefL, 0, 8L), seen);
            assertEquals(99, region.memory().read64(0x108));
        }
    }

    @Test
    void theServerIsServedBetweenRequests() {
        try (VfioUserFunction function = function()) {
            DmaRegion region = region(function);
            server.answering(
                    Command.DEVICE_RESET,
                    socket -> {
                        socket.sendReply(0);
                        writeUnasked(socket, region.deviceAddress(), 7);
                    });
            function.reset();
            assertTrue(soon(() -> region.memory().readAcquire64(0) == 7));
        }
    }

    /** Sends a write that wants no answer. */
    private static void writeUnasked(MessageSocket socket, long address, long value) {
        socket.out().write64(DmaAccessField.ADDRESS.offset(), address);
        socket.out().write64(DmaAccessField.COUNT.offset(), 8);
        socket.out().write64(DmaAccessField.DATA.offset(), value);
        socket.sendCommand(Command.DMA_WRITE, DmaAccessField.LENGTH + 8, true);
    }

    @Test
    void aTwinSocketIsServedBesideTheOther() {
        UnixSocket.Pair pair = UnixSocket.pair();
        twin(pair.second(), 0);
        try (MessageSocket twin =
                        new MessageSocket(pair.first(), "the twin", Duration.ofSeconds(1));
                VfioUserFunction function = function()) {
            DmaRegion region = region(function);
            region.memory().write64(0, 41);
            ReceivedMessage read = ScriptedServer.dmaRead(twin, region.deviceAddress(), 8);
            assertEquals(0, read.error());
            assertEquals(41, read.payload().read64(DmaAccessField.DATA.offset()));
            assertEquals(0, ScriptedServer.dmaWrite(twin, region.deviceAddress(), 42).error());
            assertEquals(42, region.memory().read64(0));
            function.reset();
        }
    }

    private void twin(UnixSocket end, int index) {
        server.capabilities = new Capabilities(8, 1 << 20, 65535, 4096, true, index, false);
        server.answering(
                Command.VERSION,
                socket -> {
                    socket.attach(end.fd());
                    socket.sendReply(new Version(0, 2, server.capabilities).write(socket));
                    end.close();
                });
    }

    @Test
    void aTwinSocketThatDidNotComeEndsTheSession() {
        UnixSocket.Pair pair = UnixSocket.pair();
        twin(pair.second(), 1);
        refused(DeviceBrokenException.class, "descriptor 1 of its reply, which came with 1");
        pair.first().close();
    }

    @Test
    void aTwinThatIsNoSocketEndsTheSession() {
        server.capabilities = new Capabilities(8, 1 << 20, 65535, 4096, true, 0, false);
        server.answering(
                Command.VERSION,
                socket -> {
                    try (MemoryFile file = MemoryFile.create(4096)) {
                        socket.attach(file.descriptor().fd());
                        socket.sendReply(new Version(0, 2, server.capabilities).write(socket));
                    }
                });
        refused(DeviceBrokenException.class, "no UNIX stream socket");
    }

    /** Each is refused, and the session ends: the address is from somewhere that is broken. */
    private void endsTheSession(long offset, long count, Errno answer) {
        List<Integer> errors = new CopyOnWriteArrayList<>();
        try (VfioUserFunction function = function()) {
            DmaRegion region = region(function);
            server.answering(
                    Command.DEVICE_RESET,
                    socket ->
                            errors.add(
                                    ScriptedServer.dmaRead(
                                                    socket, region.deviceAddress() + offset, count)
                                            .error()));
            DeviceBrokenException broken =
                    assertThrows(DeviceBrokenException.class, function::reset);
            assertTrue(broken.getMessage().contains("VFIO_USER_DMA_READ"), broken.getMessage());
            assertTrue(soon(() -> !errors.isEmpty()));
            assertEquals(List.of(answer.number()), errors);
            assertThrows(VirtioException.class, function::close);
        }
    }

    @Test
    void aReadBehindTheMemoryIsRefused() {
        endsTheSession((2 << 20) - 4, 8, Errno.EFAULT);
    }

    @Test
    void aReadBeforeTheMemoryIsRefused() {
        endsTheSession(-1, 1, Errno.EFAULT);
    }

    @Test
    void anAddressNearTheEndOfAllAddressesIsRefused() {
        endsTheSession(Long.MAX_VALUE, 8, Errno.EFAULT);
    }

    @Test
    void moreDataThanWereAgreedOnAreRefused() {
        endsTheSession(0, (1 << 20) + 1, Errno.EINVAL);
    }

    @Test
    void aCountWithItsHighestBitIsRefused() {
        endsTheSession(0, -8, Errno.EINVAL);
    }

    @Test
    void asMuchDataAsWereAgreedOnAreSent() {
        try (VfioUserFunction function = function()) {
            DmaRegion region = region(function);
            List<Integer> lengths = new CopyOnWriteArrayList<>();
            server.answering(
                    Command.DEVICE_RESET,
                    socket -> {
                        lengths.add(
                                ScriptedServer.dmaRead(socket, region.deviceAddress(), 1 << 20)
                                        .payloadLength());
                        socket.sendReply(0);
                    });
            function.reset();
            assertEquals(List.of(DmaAccessField.LENGTH + (1 << 20)), lengths);
        }
    }

    @Test
    void aWriteWithoutItsDataEndsTheSession() {
        VfioUserFunction function = function();
        DmaRegion region = region(function);
        server.answering(
                Command.DEVICE_RESET,
                socket -> {
                    socket.out().write64(DmaAccessField.ADDRESS.offset(), region.deviceAddress());
                    socket.out().write64(DmaAccessField.COUNT.offset(), 8);
                    socket.sendCommand(Command.DMA_WRITE, DmaAccessField.LENGTH + 4, false);
                });
        assertThrows(DeviceBrokenException.class, function::reset);
        assertThrows(VirtioException.class, function::close);
    }

    @Test
    void aCommandThatIsNotTheServersIsRefusedAndTheSessionGoesOn() {
        List<Integer> errors = new CopyOnWriteArrayList<>();
        server.answering(
                Command.DEVICE_RESET,
                socket -> {
                    int id = socket.sendCommand(Command.DEVICE_RESET, 0, false);
                    errors.add(socket.awaitReply(id, Command.DEVICE_RESET).error());
                    socket.sendReply(0);
                });
        try (VfioUserFunction function = function()) {
            function.reset();
            assertEquals(List.of(Errno.EOPNOTSUPP.number()), errors);
        }
    }

    /** There is always one more, so that a wait for the next message never ends by its limit. */
    @Test
    void aServerThatAsksForEverIsATimeout() {
        VfioUserFunction function = function();
        DmaRegion region = region(function);
        server.answering(
                Command.DEVICE_RESET,
                socket -> {
                    while (!socket.isEnded()) {
                        writeUnasked(socket, region.deviceAddress(), 7);
                    }
                });
        assertThrows(DeviceTimeoutException.class, function::reset);
        assertThrows(VirtioException.class, function::close);
    }

    @Test
    void memoryOfAQuarantineIsNotTakenBack() {
        VfioUserFunction function = function();
        DmaRegion region = region(function);
        function.quarantine();
        function.close();
        assertFalse(server.asked.contains(Command.DMA_UNMAP));
        region.memory().write64(0, 1); // a fault if it were unmapped
    }
}
