package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.RingPeer;

/**
 * A device that lies about what it used, in every format and with every set of features; each test
 * is named for the lie.
 */
@ParameterizedClass
@MethodSource("org.jvirtio.queue.OpenQueue#everyFeatureSet")
class VirtqueueFaultTest {

    private static final int CAPACITY = 8;

    /** What {@link OpenQueue#three} gives the device to write. */
    private static final int ROOM = 513;

    @Parameter FeatureSet features;

    private OpenQueue open;
    private Virtqueue queue;

    @BeforeEach
    void open() {
        open(UsedLengths.STRICT);
    }

    private void open(UsedLengths usedLengths) {
        open = new OpenQueue(features, CAPACITY, usedLengths);
        queue = open.queue;
    }

    private boolean isPacked() {
        return features.has(RingFeature.RING_PACKED);
    }

    private void publish(int requests) {
        for (int i = 0; i < requests; i++) {
            assertTrue(queue.offer(open.three(), i));
        }
        queue.publish();
    }

    /** Every call, for ever, throws the first reason. */
    private void breaks(String reason) {
        DeviceBrokenException first = assertThrows(DeviceBrokenException.class, queue::poll);
        assertTrue(first.getMessage().contains(reason), first.getMessage());
        UsedBatch batch = new UsedBatch(1);
        for (Runnable call :
                new Runnable[] {
                    queue::poll,
                    queue::publish,
                    queue::ring,
                    queue::ringIfAsked,
                    queue::enableInterrupts,
                    queue::disableInterrupts,
                    queue::restart,
                    () -> queue.harvest(batch),
                    () -> queue.offerReadable(0x1000, 1, 0),
                    () -> queue.offer(open.three(), 0)
                }) {
            DeviceBrokenException again = assertThrows(DeviceBrokenException.class, call::run);
            assertEquals(first.getMessage(), again.getMessage());
        }
    }

    /** Of 32 bits; a packed ring has only 16 for it. */
    @Test
    void u1UsedIdOutsideTheQueue() {
        for (int id : new int[] {CAPACITY, 0x7fff, 0xffff, 0x10008, Integer.MIN_VALUE | 8, -1}) {
            open();
            publish(1);
            open.peer.use(id, 0);

            breaks("names " + (isPacked() ? "buffer " + (id & 0xffff) : "descriptor "));
        }
    }

    @Test
    void u2UsedIdNeverGiven() {
        publish(1);
        open.peer.use(open.peer.take().id() + 3, 0);

        breaks("request in flight");
    }

    @Test
    void u2UsedIdInTheMiddleOfAChain() {
        publish(1);
        open.peer.use(open.peer.take().id() + 1, 0);

        breaks("request in flight");
    }

    @Test
    void u2UsedIdGivenTwice() {
        publish(2);
        int id = open.peer.take().id();
        open.peer.use(id, 0);
        open.peer.use(id, 0);

        assertTrue(queue.poll());
        breaks("request in flight");
    }

    /** Its buffers would be the caller's again, and be shown to the device after that. */
    @Test
    void u2UsedIdOfARequestThatIsNotPublished() {
        publish(1);
        open.peer.take();
        assertTrue(open.offerOne(9));
        boolean takesOne = isPacked() || features.has(RingFeature.INDIRECT_DESC);
        open.peer.use(takesOne ? 1 : 3, 0);

        breaks("request in flight");
    }

    /** Whatever the device shows meanwhile, one harvest ends with what was in flight. */
    @Test
    void u4DeviceGoesOnUsingWhileWeHarvest() {
        open.publishOnes(CAPACITY);
        open.takeAll().forEach(request -> open.peer.use(request.id(), 1));
        UsedBatch batch = new UsedBatch(10 * CAPACITY);

        assertEquals(CAPACITY, queue.harvest(batch));
        assertEquals(0, queue.harvest(batch));
    }

    @Test
    void u5UsedLengthBeyondTheRoomGiven() {
        for (long length : new long[] {ROOM + 1, ROOM + 16, 0x7fff_ffffL, 0xffff_ffffL}) {
            open();
            publish(1);
            open.peer.use(open.peer.take().id(), length);

            breaks("claims " + length + " bytes written for descriptor 0, which has room for 513");
        }
    }

    @Test
    void u5UsedLengthIsCutAndCountedWhereOldDevicesAreTolerated() {
        for (long length : new long[] {ROOM + 1, ROOM + 16, 0x7fff_ffffL, 0xffff_ffffL}) {
            open(UsedLengths.CLAMPED);
            publish(1);
            open.peer.use(open.peer.take().id(), length);

            assertTrue(queue.poll());
            assertEquals(ROOM, queue.usedLength());
            assertEquals(1, queue.clampedLengths());
        }
    }

    @Test
    void u5LengthOfARequestThatTheDeviceOnlyReads() {
        queue.offerReadable(open.buffers.deviceAddress(), 64, 1);
        queue.publish();
        open.peer.use(open.peer.take().id(), 1);

        breaks("which has room for 0");
    }

    @Test
    void u6UsedLengthShorterThanAnyHeaderIsHandedOnAsItIs() {
        publish(1);
        open.peer.use(open.peer.take().id(), 0);

        assertTrue(queue.poll());
        assertEquals(0, queue.usedLength());
    }

    /** The driver of the device decides what a short answer is worth. */
    @Test
    void u7UsedLengthShorterThanTheRoomIsHandedOnAsItIs() {
        publish(1);
        open.peer.use(open.peer.take().id(), ROOM - 1);

        assertTrue(queue.poll());
        assertEquals(ROOM - 1, queue.usedLength());
    }

    @Test
    void u8EverythingThatWeWroteIsRewrittenByTheDevice() {
        publish(2);
        List<RingPeer.Request> requests = open.takeAll();
        open.peer.scribble();
        requests.forEach(request -> open.peer.use(request.id(), 10));

        for (int i = 0; i < 2; i++) {
            assertTrue(queue.poll());
            assertEquals(i, queue.token());
            assertEquals(10, queue.usedLength());
        }
        // All of the queue can still be used, so no link was taken from shared memory.
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(open.offerOne(i));
        }
        assertFalse(open.offerOne(CAPACITY));
        queue.publish();
        assertEquals(CAPACITY, open.takeAll().size());
    }

    /** What was read is kept: a second look at shared memory would find something else. */
    @Test
    void u9WhatWasUsedIsRewrittenAfterWeLooked() {
        publish(2);
        List<RingPeer.Request> requests = open.takeAll();
        open.peer.use(requests.get(0).id(), 10);
        assertTrue(queue.poll());
        long used = isPacked() ? queue.addresses().descriptors() : queue.addresses().device();
        open.memory.at(used, 16).fill(0, 16, 0xff);

        assertEquals(0, queue.token());
        assertEquals(10, queue.usedLength());
    }

    @Test
    void u10NothingIsEverUsed() {
        open.publishOnes(CAPACITY);

        assertFalse(queue.poll());
        assertFalse(queue.enableInterrupts());
        assertFalse(open.offerOne(9));
        assertEquals(CAPACITY, queue.inFlight());
        assertTrue(queue.describe().contains("published 8, "), queue.describe());
        assertTrue(queue.describe().contains("harvested 0"), queue.describe());
    }

    /** Until the reset is confirmed the caller is told of nothing, and touches nothing. */
    @Test
    void u11RequestUsedAfterTheQueueWasGivenUp() {
        publish(1);
        queue.breakWith("gave up");
        open.peer.use(open.peer.take().id(), 10);

        breaks("gave up");
        assertEquals(1, queue.inFlight());
    }

    /** A used entry of the life before the reset is not one of this life. */
    @Test
    void u11RequestUsedBeforeTheResetAndNotHarvested() {
        publish(1);
        open.peer.use(open.peer.take().id(), 10);
        assertEquals(1, queue.restart().length);
        publish(1);

        assertFalse(queue.poll());
    }

    /** The worst is a doorbell too many, or one too few, which the watchdog makes up for. */
    @Test
    void u13FlagsAndEventsOfNonsenseChangeNothingButTheDoorbell() {
        for (int bits : new int[] {0xdeadbeef, -1, 0x3_ffff, 0x2_7fff, 0x1_dead, 0xffff}) {
            open.peer.askNonsense(bits);
            open.publishOnes(1);
            queue.ringIfAsked();
            open.peer.use(open.peer.take().id(), 10);
            assertTrue(queue.poll());
            assertEquals(10, queue.usedLength());
        }
        assertTrue(open.rings.size() <= 6);
    }
}
