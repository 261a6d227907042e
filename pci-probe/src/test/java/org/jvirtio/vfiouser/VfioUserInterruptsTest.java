package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.EventFd;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.FunctionInterrupts.Intx;
import org.jvirtio.vfio.IrqInfoField;
import org.jvirtio.vfio.IrqSetField;

/** Interrupts are event descriptors that the server raises (VFIO_USER_DEVICE_SET_IRQS). */
class VfioUserInterruptsTest extends VfioUserTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int DELIVER = IrqSetField.DATA_EVENTFD | IrqSetField.ACTION_TRIGGER;
    private static final int OFF = IrqSetField.DATA_NONE | IrqSetField.ACTION_TRIGGER;
    private static final int UNMASK = IrqSetField.DATA_NONE | IrqSetField.ACTION_UNMASK;

    @Test
    void eachVectorIsADescriptorOfItsOwn() {
        try (VfioUserFunction function = function()) {
            FunctionInterrupts interrupts = function.interrupts();
            assertEquals(4, interrupts.msixVectors());
            assertEquals("", interrupts.limitation());
            List<Interrupt> vectors = interrupts.enableMsix(3);
            assertEquals(3, server.interrupts.size());
            server.interrupts.get(1).signal();
            assertTrue(vectors.get(1).await(SECOND));
            assertFalse(vectors.get(0).await(0));
        }
    }

    @Test
    void severalAreSleptOnAtOnce() {
        try (VfioUserFunction function = function()) {
            List<Interrupt> vectors = function.interrupts().enableMsix(2);
            try (InterruptSet set = vectors.get(0).newSet().orElseThrow()) {
                assertTrue(set.add(vectors.get(0)));
                assertTrue(set.add(vectors.get(1)));
                server.interrupts.get(1).signal();
                assertTrue(set.await(SECOND));
            }
        }
    }

    /** A guest would turn it on there, and a legacy layout moves with it. */
    @Test
    void theCapabilitySaysThatItIsOn() {
        try (VfioUserFunction function = function()) {
            function.interrupts().enableMsix(1);
            assertEquals(0x8003, server.config.read16(0x42));
            function.interrupts().disable();
            assertEquals(3, server.config.read16(0x42));
            assertEquals(List.of(DELIVER, OFF), server.irqFlags);
        }
    }

    @Test
    void noMoreDescriptorsGoAtOnceThanTheServerTakes() {
        server.capabilities = new Capabilities(3, 1 << 20, 10, 4096, false, -1, false);
        try (VfioUserFunction function = function()) {
            List<Interrupt> vectors = function.interrupts().enableMsix(4);
            assertEquals(List.of(DELIVER, DELIVER), server.irqFlags);
            server.interrupts.get(3).signal();
            assertTrue(vectors.get(3).await(SECOND));
        }
    }

    @Test
    void theFunctionHasAtMostTheVectorsOfItsTable() {
        server.config.write32(0x40, 1 << 16 | 0x11); // two entries
        try (VfioUserFunction function = function()) {
            assertEquals(2, function.interrupts().msixVectors());
            assertThrows(IllegalArgumentException.class, () -> function.interrupts().enableMsix(3));
        }
    }

    @Test
    void thePinIsUnmaskedByARequest() {
        server.config.write16(4, 0x400); // INTx off
        try (VfioUserFunction function = function()) {
            assertTrue(function.interrupts().hasIntx());
            Intx pin = function.interrupts().enableIntx();
            assertEquals(0, server.config.read16(4));
            server.interrupts.get(0).signal();
            assertTrue(pin.await(SECOND));
            pin.unmask();
            function.interrupts().disable();
            assertEquals(List.of(DELIVER, UNMASK, OFF), server.irqFlags);
            assertEquals(0x400, server.config.read16(4));
        }
    }

    @Test
    void aServerThatTakesNoDescriptorsDeliversNothingAndItIsSaid() {
        server.capabilities = new Capabilities(0, 1 << 20, 10, 4096, false, -1, false);
        try (VfioUserFunction function = function()) {
            assertEquals(0, function.interrupts().msixVectors());
            assertFalse(function.interrupts().hasIntx());
            assertTrue(function.interrupts().limitation().contains("max_msg_fds is 0"));
        }
    }

    @Test
    void aServerThatKnowsNoInterruptsHasNone() {
        server.answering(Command.DEVICE_GET_IRQ_INFO, socket -> socket.sendError(Errno.EINVAL));
        try (VfioUserFunction function = function()) {
            assertEquals(0, function.interrupts().msixVectors());
            assertFalse(function.interrupts().hasIntx());
            assertTrue(function.interrupts().limitation().contains("pin"));
        }
    }

    @Test
    void moreVectorsThanATableCanHaveEndTheSession() {
        server.answering(
                Command.DEVICE_GET_IRQ_INFO,
                socket -> {
                    socket.out().fill(0, IrqInfoField.LENGTH, 0xff);
                    socket.sendReply(IrqInfoField.LENGTH);
                });
        refused(DeviceBrokenException.class, "4294967295 interrupts");
    }

    @Test
    void interruptsThatAreRefusedLeaveNothingOn() {
        server.answering(Command.DEVICE_SET_IRQS, socket -> socket.sendError(Errno.ENOSPC));
        try (VfioUserFunction function = function()) {
            EnvironmentException refused =
                    assertThrows(
                            EnvironmentException.class, () -> function.interrupts().enableMsix(1));
            assertTrue(refused.getMessage().contains("ENOSPC"), refused.getMessage());
            assertEquals(3, server.config.read16(0x42));
        }
    }

    /** They go in several messages: those that were taken before stayed on. */
    @Test
    void vectorsThatAreRefusedHalfWayLeaveNothingOn() {
        server.capabilities = new Capabilities(3, 1 << 20, 10, 4096, false, -1, false);
        server.answering(
                Command.DEVICE_SET_IRQS,
                socket -> {
                    boolean more = socket.received().descriptors().count() > 0;
                    if (more && server.interrupts.size() == 3) {
                        socket.sendError(Errno.ENOSPC);
                    } else {
                        server.setIrqs(socket);
                    }
                });
        try (VfioUserFunction function = function()) {
            EnvironmentException refused =
                    assertThrows(
                            EnvironmentException.class, () -> function.interrupts().enableMsix(4));
            assertTrue(refused.getMessage().contains("ENOSPC"), refused.getMessage());
            assertEquals(List.of(DELIVER, OFF), server.irqFlags);
        }
    }

    /** Who waits for a server that is gone would wait until its own patience ends. */
    @Test
    void aServerThatLeavesEndsTheWait() {
        VfioUserFunction function = function();
        Interrupt vector = function.interrupts().enableMsix(1).get(0);
        server.client.shutdown();
        long start = System.nanoTime();
        assertThrows(DeviceBrokenException.class, () -> vector.await(10 * SECOND));
        assertTrue(System.nanoTime() - start < 5 * SECOND);
        assertThrows(VirtioException.class, function::close);
    }

    @Test
    void aServerThatLeavesEndsTheWaitOfASet() {
        VfioUserFunction function = function();
        Interrupt vector = function.interrupts().enableMsix(1).get(0);
        try (InterruptSet set = vector.newSet().orElseThrow()) {
            assertTrue(set.add(vector));
            server.client.shutdown();
            assertTrue(set.await(5 * SECOND));
        }
        assertThrows(VirtioException.class, function::close);
    }

    /** The count is gone between the look at it and the read, which would wait for the next one. */
    @Test
    void aServerThatTakesBackWhatItRaisedHoldsUpNobody() throws InterruptedException {
        try (VfioUserFunction function = function()) {
            Interrupt vector = function.interrupts().enableMsix(1).get(0);
            EventFd event = server.interrupts.get(0);
            ScriptedServer.block(event);
            AtomicInteger waits = new AtomicInteger();
            Thread takingBack = new Thread(() -> raiseAndTakeBack(event, waits));
            takingBack.start();
            try {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> awaitOften(vector, event, waits));
            } finally {
                waits.set(-1);
                event.signal();
                takingBack.join();
            }
        }
    }

    /** Once for each wait: one that hangs is not helped by the next. */
    private static void raiseAndTakeBack(EventFd event, AtomicInteger waits) {
        for (int now = waits.get(); now >= 0; now = waits.get()) {
            event.signal();
            event.take();
            while (waits.get() == now) {
                Thread.onSpinWait();
            }
        }
    }

    /** What a wait took is given back, for the server not to hang itself. */
    private static void awaitOften(Interrupt vector, EventFd event, AtomicInteger waits) {
        long end = System.nanoTime() + SECOND;
        while (System.nanoTime() < end) {
            if (vector.await(TimeUnit.MILLISECONDS.toNanos(1))) {
                event.signal();
            }
            waits.incrementAndGet();
        }
    }

    /** Whoever waits is woken then, but not by a write that waits itself. */
    @Test
    void aServerThatLeavesWithAFullCounterHoldsUpNobody() {
        VfioUserFunction function = function();
        function.interrupts().enableMsix(1);
        ScriptedServer.blockFull(server.interrupts.get(0));
        server.client.shutdown();
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThrows(VirtioException.class, function::close));
    }
}
