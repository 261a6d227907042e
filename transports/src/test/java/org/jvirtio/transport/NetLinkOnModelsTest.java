package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetLink;
import org.jvirtio.model.NetOptions;

/**
 * Virtio 1.4 sections 2.5 and 5.1.4: the configuration of a network device, and its changes told by
 * the interrupt.
 */
@Timeout(30)
class NetLinkOnModelsTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void readsAddressMtuAndLink(NetModelCase test) {
        NetOptions options = new NetOptions().mac("02:00:00:00:00:2a").mtu(9000);
        try (NetModelCase.Running net = test.start(options, NetDriver.needs())) {
            assertEquals("02:00:00:00:00:2a", net.driver.mac().toString());
            assertEquals(9000, net.driver.mtu());
            assertTrue(net.driver.isLinkUp());
            net.assertNoComplaints();
        }
    }

    /**
     * Section 5.1.4.2: "enough receive buffers to receive at least one" packet "of size mtu". Four
     * buffers of the usual length are too few, and the device waited for more.
     */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void aFrameOfTheWholeMtuArrivesOnAShortQueue(NetModelCase test) {
        NetOptions options = new NetOptions().mtu(9000);
        try (NetModelCase.Running net = test.start(options, NetDriver.needs(), 4)) {
            byte[] frame =
                    Arrays.copyOf(
                            NetModelCase.frameTo(net.driver.mac().bits()), net.driver.frameBytes());
            List<byte[]> received = net.arrive(0, frame);
            assertEquals(1, received.size());
            assertArrayEquals(frame, received.get(0));
            net.assertNoComplaints();
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void theInterruptEndsTheWaitForTheLink(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions(), NetDriver.needs())) {
            NetLink link = net.driver.link();
            assertFalse(link.await(1_000_000), "nothing changed");

            CompletableFuture<Void> cable =
                    CompletableFuture.runAsync(
                            () -> {
                                pause(20);
                                net.model.link(false);
                            });
            long start = System.nanoTime();
            assertTrue(link.await(20 * SECOND));
            assertTrue(System.nanoTime() - start < 10 * SECOND);
            assertFalse(link.isUp());
            cable.join();
            net.model.link(true);
            assertTrue(link.await(0));
            assertTrue(net.driver.isLinkUp());
            assertEquals(2, link.changes());
            net.assertNoComplaints();
        }
    }

    /** N7: thousands of changes between two looks are one, or none. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void n7TellsOneChangeOfManyBetweenTwoLooks(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions(), NetDriver.needs())) {
            NetLink link = net.driver.link();
            for (int i = 0; i < 5000; i++) {
                net.model.link(false);
                net.model.link(true);
            }
            assertFalse(link.await(2_000_000), "up it was, and up it is");
            net.model.link(false);
            assertTrue(link.await(SECOND));
            assertFalse(link.await(2_000_000));
            assertEquals(1, link.changes());
        }
    }

    /**
     * N7: a link that flaps all the time ends the wait at its limit, and costs few looks. It rests
     * between two changes: a configuration that never does is another fault (G3).
     */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void n7EndsTheWaitWhileInterruptsStorm(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions(), NetDriver.needs())) {
            CompletableFuture<Void> storm =
                    CompletableFuture.runAsync(
                            () -> {
                                long end = System.nanoTime() + SECOND / 2;
                                while (System.nanoTime() < end) {
                                    net.model.link(true);
                                    LockSupport.parkNanos(20_000);
                                }
                            });
            long start = System.nanoTime();
            assertFalse(net.driver.link().await(SECOND / 10));
            assertTrue(System.nanoTime() - start < 5 * SECOND);
            storm.join();
            assertEquals(0, net.driver.link().changes());
        }
    }

    /** Section 5.1.4.2: without STATUS "assume the link is active". */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void assumesALinkWhereTheDeviceSaysNothing(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions().status(false))) {
            net.model.link(false);

            assertFalse(net.driver.link().await(0));
            assertTrue(net.driver.isLinkUp());
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void refusesPairsThatAreNotThere(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions())) {
            assertThrows(IllegalArgumentException.class, () -> net.driver.usePairs(2));
            assertThrows(IndexOutOfBoundsException.class, () -> net.driver.transmit(1));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
