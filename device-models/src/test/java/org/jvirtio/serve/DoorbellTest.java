package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.Libc;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfiouser.Capabilities;
import org.jvirtio.vfiouser.Command;

/** Doorbells that ring without a message (vfio-user, VFIO_USER_DEVICE_GET_REGION_IO_FDS). */
class DoorbellTest {

    private static final int EINVAL = 22;
    private static final int COMMON_BAR = 4;
    private static final int DEVICE_STATUS = 0x14;
    private static final int ALL_OK = 0x0f;
    private static final int UNKNOWN = 99;

    private Served served;
    private RawClient client;

    @AfterEach
    void end() {
        client.close();
        served.close();
    }

    /** Where each layout has the doorbells of its two queues; DATAMATCH is 1, PIO is 2. */
    @ParameterizedTest
    @CsvSource({
        "virtio1, 4, 0x3000, 0x3004, 0",
        "register-set, 1, 0x40, 0x40, 1",
        "legacy, 0, 16, 16, 3",
    })
    void everyQueueHasItsPlace(String layout, int bar, String first, String second, int flags) {
        start("net,control=off,layout=" + layout);
        assertEquals(0, doorbells(bar, 96));
        NativeMemory answer = client.socket.received().payload();
        assertEquals(96, answer.read32(0));
        assertEquals(2, answer.read32(12));
        assertEquals(2, client.socket.received().descriptors().count());
        for (int queue = 0; queue < 2; queue++) {
            long at = 16 + 40L * queue;
            assertEquals(Long.decode(queue == 0 ? first : second), answer.read64(at));
            assertEquals(2, answer.read64(at + 8));
            assertEquals(queue, answer.read32(at + 16));
            assertEquals(0, answer.read32(at + 20));
            assertEquals(flags, answer.read32(at + 24));
            assertEquals((flags & 1) * (long) queue, answer.read64(at + 32));
        }
    }

    @Test
    void tooLittleRoomIsToldHowMuchIsNeeded() {
        start("net,control=off,layout=virtio1");
        assertEquals(0, doorbells(4, 95));
        assertEquals(16, client.socket.received().payloadLength());
        assertEquals(96, client.socket.received().payload().read32(0));
        assertEquals(0, client.socket.received().payload().read32(12));
        assertEquals(EINVAL, doorbells(4, 15));
        assertEquals(EINVAL, doorbells(9, 96));
    }

    @Test
    void roomWithoutEndIsEnough() {
        start("net,control=off,layout=virtio1");
        assertEquals(0, doorbells(4, -1));
        assertEquals(2, client.socket.received().descriptors().count());
    }

    /** The kernel carries 253 with one message ({@code SCM_MAX_FD}). */
    @Test
    void aClientThatTakesMoreThanTheKernelCarriesGetsWhatThatCarries() {
        served = new Served("block,queues=300");
        client = new RawClient(served.path);
        client.socket.allowDescriptors(253);
        client.greet(0, 2, new Capabilities(1000, 1 << 20, 100, 4096, false, -1, true));
        assertEquals(0, doorbells(4, -1));
        assertEquals(253, client.socket.received().descriptors().count());
        assertEquals(253, client.socket.received().payload().read32(12));
    }

    /** The model says what it thinks of the moment: nothing is set up yet. */
    @Test
    void anEventRingsTheQueueThatItStandsFor() {
        start("net,control=off,layout=virtio1");
        assertEquals(0, doorbells(4, 96));
        assertTrue(client.socket.received().descriptors().count() == 2);
        try (EventFd event = doorbell(1)) {
            event.signal();
            served.awaitTold("doorbell of queue 1 before DRIVER_OK");
        }
    }

    /**
     * Both are there when the server looks, the message in front: its socket was looked at last.
     * The doorbell is none of a device that does not run, for it rang before.
     */
    @Test
    void aDoorbellIsForTheDeviceThatRanBeforeItsReset() {
        start("net,control=off,layout=virtio1");
        assertEquals(0, doorbells(COMMON_BAR, 96));
        try (EventFd event = doorbell(1)) {
            client.put(COMMON_BAR, DEVICE_STATUS, 1, ALL_OK);
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            served.heard = line -> holdAtRefusal(line, held, released);
            client.sendHeader(UNKNOWN, 16, 0);
            assertTrue(await(held), served.log::toString);

            event.signal();
            client.post(COMMON_BAR, DEVICE_STATUS, (byte) 0);
            released.countDown();

            assertTrue(client.answer() > 0);
            assertEquals(0, client.get(COMMON_BAR, DEVICE_STATUS, 1));
            assertFalse(
                    served.log.stream().anyMatch(line -> line.contains("before DRIVER_OK")),
                    served.log::toString);
        }
    }

    /**
     * The client takes the counter away between the server's look and whatever that does then, and
     * a read of it would wait: {@code O_NONBLOCK} is of the open file, which is the client's, too.
     */
    @Test
    void aDoorbellThatItsClientTakesBackHoldsUpNobody() {
        start("net,control=off,layout=virtio1");
        assertEquals(0, doorbells(COMMON_BAR, 96));
        try (EventFd event = doorbell(1)) {
            CountDownLatch[] held = {new CountDownLatch(1), new CountDownLatch(1)};
            CountDownLatch[] released = {new CountDownLatch(1), new CountDownLatch(1)};
            AtomicInteger refusals = new AtomicInteger();
            served.heard =
                    line -> {
                        if (line.contains("there is no command")) {
                            int refusal = refusals.getAndIncrement();
                            holdAtRefusal(line, held[refusal], released[refusal]);
                        }
                    };
            client.sendHeader(UNKNOWN, 16, 0);
            assertTrue(await(held[0]), served.log::toString);
            event.signal();
            client.sendHeader(UNKNOWN, 16, 0);
            released[0].countDown();
            assertTrue(await(held[1]), served.log::toString); // with both seen
            assertEquals(0, Libc.fcntl(event.fd(), Libc.F_SETFL, 0));
            event.take();
            released[1].countDown();

            assertTrue(client.answer() > 0);
            assertTrue(client.answer() > 0);
            assertEquals(0, client.get(COMMON_BAR, DEVICE_STATUS, 1));
        }
    }

    private EventFd doorbell(int queue) {
        return EventFd.adopt(client.socket.received().descriptors().take(queue, "a doorbell"))
                .orElseThrow();
    }

    private static void holdAtRefusal(String line, CountDownLatch held, CountDownLatch released) {
        if (line.contains("there is no command")) {
            held.countDown();
            await(released);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void start(String device) {
        served = new Served(device);
        client = served.client();
    }

    private int doorbells(int region, int room) {
        return client.send(
                Command.DEVICE_GET_REGION_IO_FDS,
                RawClient.payload(16).putInt(room).putInt(0).putInt(region));
    }
}
