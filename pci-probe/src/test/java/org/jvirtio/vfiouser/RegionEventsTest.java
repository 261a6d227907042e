package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Registers;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.memory.NativeMemory;

/** Doorbells that are event descriptors (VFIO_USER_DEVICE_GET_REGION_IO_FDS). */
class RegionEventsTest extends VfioUserTest {

    private static final int STRIDE = 48;

    private EventFd event;
    private int count;
    private int claimed = -1;

    @BeforeEach
    void makeEvent() {
        event = new EventFd();
    }

    @AfterEach
    void closeEvent() {
        event.close();
    }

    /** One sub-region, with a reply that leaves more room for each than a structure needs. */
    private static void subRegion(
            NativeMemory out, int index, long offset, long size, int fd, int type, Long value) {
        int at = RegionIoFdsField.LENGTH + index * STRIDE;
        out.write64(at + SubRegionField.OFFSET.offset(), offset);
        out.write64(at + SubRegionField.SIZE.offset(), size);
        out.write32(at + SubRegionField.FD_INDEX.offset(), fd);
        out.write32(at + SubRegionField.TYPE.offset(), type);
        out.write32(at + SubRegionField.FLAGS.offset(), value == null ? 0 : 1);
        out.write64(at + SubRegionField.DATAMATCH.offset(), value == null ? 0 : value);
    }

    /** Offers one doorbell, and with it the descriptor. */
    private void offer(long offset, long size, int fd, Long value) {
        offer(offset, size, fd, value, event.fd());
    }

    private void offer(long offset, long size, int fd, Long value, int descriptor) {
        count = 2;
        server.answering(
                Command.DEVICE_GET_REGION_IO_FDS,
                socket -> {
                    NativeMemory out = socket.out();
                    out.fill(0, 256, 0);
                    out.write32(RegionIoFdsField.COUNT.offset(), claimed < 0 ? count : claimed);
                    subRegion(out, 0, 0x800, 4, 9, SubRegionField.TYPE_IOREGIONFD, null);
                    subRegion(out, 1, offset, size, fd, SubRegionField.TYPE_IOEVENTFD, value);
                    socket.attach(descriptor);
                    socket.sendReply(RegionIoFdsField.LENGTH + count * STRIDE);
                });
    }

    private static void decided(VfioUserFunction function, String what) {
        assertTrue(
                function.decisions().stream().anyMatch(line -> line.startsWith(what)),
                () -> function.decisions().toString());
    }

    private long writes() {
        return server.asked.stream().filter(Command.REGION_WRITE::equals).count();
    }

    @Test
    void aWriteOfItsWidthIsAnEventAndNoMessage() {
        offer(0x1000, 2, 0, null);
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            long before = writes();
            bar.write16(0x1000, 5);
            assertEquals(1, event.take());
            assertEquals(before, writes());
            bar.write32(0x1000, 5);
            bar.write16(0x1002, 5);
            assertEquals(0, event.take());
            assertEquals(before + 2, writes());
            decided(function, "BAR1: doorbells are event descriptors: the server lends 1");
        }
    }

    @Test
    void aDoorbellWithoutAWidthTakesAnyOne() {
        offer(0x1000, 0, 0, null);
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            bar.write8(0x1000, 1);
            bar.write32(0x1000, 1);
            assertEquals(2, event.take());
        }
    }

    @Test
    void aDoorbellOfOneValueTakesNoOther() {
        offer(0x1000, 4, 0, 0xffff_ffffL);
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            bar.write32(0x1000, 3);
            assertEquals(0, event.take());
            bar.write32(0x1000, -1);
            assertEquals(1, event.take());
        }
    }

    @Test
    void aServerWithoutThemIsSentMessages() {
        try (VfioUserFunction function = function()) {
            bar(function).write16(0x1000, 0x77);
            assertEquals(0x77, server.bar.read16(0x1000));
            decided(function, "BAR1+0x0, 0x3000 bytes: by messages, the server lends no file");
            decided(function, "BAR1: doorbells are messages: asked for event descriptors, the");
        }
    }

    /** Nothing answers an event, so a server that is gone would not be missed. */
    @Test
    void aDoorbellOfAServerThatIsGoneIsAnError() {
        offer(0x1000, 2, 0, null);
        VfioUserFunction function = function();
        Registers bar = bar(function);
        server.client.shutdown();
        assertThrows(
                DeviceBrokenException.class,
                () -> {
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
                    while (System.nanoTime() < end) {
                        bar.write16(0x1000, 0);
                    }
                });
        assertThrows(VirtioException.class, function::close);
    }

    /** O_NONBLOCK is of the open file, which the server has as well. */
    @Test
    void aDoorbellThatTheServerFilledAndMadeToBlockHoldsUpNobody() {
        offer(0x1000, 2, 0, null);
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            ScriptedServer.blockFull(event);
            assertTimeoutPreemptively(Duration.ofSeconds(3), () -> bar.write16(0x1000, 5));
        }
    }

    private void broken(String what) {
        VfioUserFunction function = function();
        DeviceBrokenException broken =
                assertThrows(DeviceBrokenException.class, () -> bar(function));
        assertTrue(broken.getMessage().contains(what), broken.getMessage());
        assertThrows(VirtioException.class, function::close);
    }

    @Test
    void aDoorbellBehindItsRegionEndsTheSession() {
        offer(ScriptedServer.BAR_LENGTH - 1, 2, 0, null);
        broken("at 0x2fff of a region of 0x3000");
    }

    @Test
    void aDoorbellAtANegativeOffsetEndsTheSession() {
        offer(-2, 2, 0, null);
        broken("at 0xfffffffffffffffe");
    }

    @Test
    void aDoorbellWithoutItsDescriptorEndsTheSession() {
        offer(0x1000, 2, 1, null);
        broken("descriptor 1 of 1 that came");
    }

    @Test
    void aDescriptorThatIsNoEventEndsTheSession() {
        try (MemoryFile file = MemoryFile.create(4096)) {
            offer(0x1000, 2, 0, null, file.descriptor().fd());
            broken("no event descriptor");
        }
    }

    @Test
    void moreDoorbellsThanTheReplyHoldsEndTheSession() {
        offer(0x1000, 2, 0, null);
        claimed = 3;
        broken("3 sub-regions in 96 bytes");
        assertFalse(event.take() > 0);
    }

    @Test
    void aNegativeNumberOfDoorbellsEndsTheSession() {
        offer(0x1000, 2, 0, null);
        claimed = -2;
        count = 2;
        server.answering(
                Command.DEVICE_GET_REGION_IO_FDS,
                socket -> {
                    socket.out().fill(0, RegionIoFdsField.LENGTH, 0xff);
                    socket.sendReply(RegionIoFdsField.LENGTH);
                });
        broken("4294967295 sub-regions");
    }
}
