package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.vfiouser.Command;

/** Interrupts of a client (vfio-user, VFIO_USER_DEVICE_GET_IRQ_INFO, _SET_IRQS). */
class IrqTest {

    private static final int INTX = 0;
    private static final int MSIX = 2;
    private static final int NONE = 1;
    private static final int BOOL = 2;
    private static final int EVENTFD = 4;
    private static final int MASK = 8;
    private static final int UNMASK = 16;
    private static final int TRIGGER = 32;
    private static final int EINVAL = 22;
    private static final int UNSUPPORTED = 95;

    private static final long WHILE = 200_000_000L;

    private final Served served = new Served("net,control=off,layout=virtio1");
    private final RawClient client = served.client();
    private final EventFd first = new EventFd();
    private final EventFd second = new EventFd();

    @AfterEach
    void end() {
        first.close();
        second.close();
        client.close();
        served.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 7", "1, 0, 0", "2, 3, 3", "3, 0, 0", "4, 0, 0"})
    void everyKindHasItsLines(int kind, int lines, int flags) {
        assertEquals(0, irqInfo(kind));
        assertEquals(lines, client.socket.received().payload().read32(12));
        assertEquals(flags, client.socket.received().payload().read32(4));
    }

    @Test
    void thereIsNoKindBeyondTheLast() {
        assertEquals(EINVAL, irqInfo(5));
        assertEquals(EINVAL, irqInfo(-1));
    }

    @Test
    void aVectorRaisesItsDescriptor() {
        assertEquals(0, client.irqs(EVENTFD | TRIGGER, MSIX, 1, 2, first.fd(), second.fd()));
        assertEquals(0, client.irqs(NONE | TRIGGER, MSIX, 1, 1));
        assertTrue(first.await(WHILE));
        assertFalse(second.await(0));
        assertEquals(
                0,
                client.send(
                        Command.DEVICE_SET_IRQS,
                        RawClient.payload(23)
                                .putInt(23)
                                .putInt(BOOL | TRIGGER)
                                .putInt(MSIX)
                                .putInt(0)
                                .putInt(3)
                                .put(new byte[] {1, 0, 1})));
        assertTrue(second.await(WHILE));
        assertFalse(first.await(0));
    }

    @Test
    void vectorsOnTurnMsixOnAndOffTurnsItOff() {
        int control = msixControl();
        assertEquals(0, client.get(RawClient.CONFIG, control, 2) & 0x8000);
        assertEquals(0, client.irqs(EVENTFD | TRIGGER, MSIX, 0, 1, first.fd()));
        assertEquals(0x8000, client.get(RawClient.CONFIG, control, 2) & 0x8000);
        assertEquals(0, client.irqs(NONE | TRIGGER, MSIX, 0, 0));
        assertEquals(0, client.get(RawClient.CONFIG, control, 2) & 0x8000);
        assertEquals(0, client.irqs(NONE | TRIGGER, MSIX, 0, 1));
        assertFalse(first.await(0));
    }

    @Test
    void withoutDescriptorsALineIsDisconnected() {
        assertEquals(0, client.irqs(EVENTFD | TRIGGER, MSIX, 0, 1, first.fd()));
        assertEquals(0, client.irqs(EVENTFD | TRIGGER, MSIX, 0, 1));
        assertEquals(0, client.irqs(NONE | TRIGGER, MSIX, 0, 1));
        assertFalse(first.await(0));
    }

    @Test
    void thePinCanBeTried() {
        assertEquals(0, client.irqs(EVENTFD | TRIGGER, INTX, 0, 1, first.fd()));
        assertEquals(0, client.irqs(NONE | TRIGGER, INTX, 0, 1));
        assertTrue(first.await(WHILE));
        assertEquals(0, client.irqs(NONE | MASK, INTX, 0, 1));
        assertEquals(0, client.irqs(NONE | UNMASK, INTX, 0, 1));
        assertFalse(first.await(0));
    }

    @ParameterizedTest
    @CsvSource({
        "0x21, 2, 0, 4", "0x21, 2, 3, 1", "0x21, 2, -1, 1", "0x21, 2, 0, -1", "0x21, 1, 0, 1",
        "0x21, 5, 0, 1", "0x21, -1, 0, 1", "0x20, 2, 0, 1", "0x01, 2, 0, 1", "0x23, 2, 0, 1",
        "0x31, 2, 0, 1", "0x61, 2, 0, 1", "0x22, 2, 0, 1", "0x24, 2, 0, 0", "0x09, 2, 0, 0",
        "0x21, 2, 2147483647, 2147483647",
    })
    void whatMakesNoSenseIsRefused(String flags, int kind, int start, int count) {
        assertEquals(EINVAL, client.irqs(Integer.decode(flags), kind, start, count));
    }

    @Test
    void descriptorsMustBeAsManyAsLinesAndEvents() {
        assertEquals(EINVAL, client.irqs(EVENTFD | TRIGGER, MSIX, 0, 2, first.fd()));
        assertEquals(EINVAL, client.irqs(EVENTFD | TRIGGER, MSIX, 0, 1, first.fd(), second.fd()));
        try (MemoryFile memory = MemoryFile.create(4096)) {
            assertEquals(
                    EINVAL, client.irqs(EVENTFD | TRIGGER, MSIX, 0, 1, memory.descriptor().fd()));
        }
        assertEquals(UNSUPPORTED, client.irqs(EVENTFD | UNMASK, INTX, 0, 1, first.fd()));
    }

    private int irqInfo(int kind) {
        return client.send(
                Command.DEVICE_GET_IRQ_INFO,
                RawClient.payload(16).putInt(16).putInt(0).putInt(kind));
    }

    /** Where message control of the MSI-X capability (id 0x11) is. */
    private int msixControl() {
        int at = client.get(RawClient.CONFIG, 0x34, 1);
        while (client.get(RawClient.CONFIG, at, 1) != 0x11) {
            at = client.get(RawClient.CONFIG, at + 1, 1);
        }
        return at + 2;
    }
}
