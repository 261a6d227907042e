package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.FeatureSet;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerMemory;
import org.jvirtio.partner.RingPeer;

/** A device that lies in the used ring; each test is named for the lie. */
class SplitQueueFaultTest {

    private static final int CAPACITY = 8;

    private final PartnerMemory memory = new PartnerMemory(1 << 20);
    private final DmaRegion buffers = memory.allocate(4096, 4096);
    private final Chain chain = new Chain(3);
    private Virtqueue queue;
    private RingPeer device;

    @BeforeEach
    void open() {
        open(UsedLengths.STRICT);
    }

    private void open(UsedLengths usedLengths) {
        SplitQueueMemory shape = SplitQueueMemory.allocate(memory, CAPACITY, 0);
        queue = shape.open(new QueueSetup("queue 0", FeatureSet.NONE, usedLengths, next -> {}));
        device = new RingPeer(memory, shape.addresses(), CAPACITY, FeatureSet.NONE);
    }

    private void publish(int requests) {
        for (int i = 0; i < requests; i++) {
            chain.clear().readable(buffers.deviceAddress(), 16);
            chain.writable(buffers.deviceAddress(64), 10);
            assertTrue(queue.offer(chain, i));
        }
        queue.publish();
    }

    private void breaks(String reason) {
        DeviceBrokenException first = assertThrows(DeviceBrokenException.class, queue::poll);
        assertTrue(first.getMessage().contains(reason), first.getMessage());
        for (Runnable call :
                new Runnable[] {
                    queue::poll,
                    queue::publish,
                    queue::ringIfAsked,
                    queue::enableInterrupts,
                    () -> queue.offer(chain, 0)
                }) {
            DeviceBrokenException again = assertThrows(DeviceBrokenException.class, call::run);
            assertEquals(first.getMessage(), again.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {CAPACITY, 0x10000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void u1UsedIdOutsideTheQueue(int id) {
        publish(1);
        device.use(id, 0);

        breaks("names descriptor " + (id & 0xffffffffL));
    }

    @Test
    void u2UsedIdNeverGiven() {
        publish(1);
        device.use(device.take().head() + 2, 0);

        breaks("starts no request in flight");
    }

    @Test
    void u2UsedIdInTheMiddleOfAChain() {
        publish(1);
        device.use(device.take().head() + 1, 0);

        breaks("starts no request in flight");
    }

    @Test
    void u2UsedIdGivenTwice() {
        publish(2);
        int head = device.take().head();
        device.use(head, 0);
        device.use(head, 0);

        assertTrue(queue.poll());
        breaks("starts no request in flight");
    }

    /** Its buffers would be the caller's again, and be shown to the device after that. */
    @Test
    void u2UsedIdOfARequestThatIsNotPublished() {
        publish(1);
        int published = device.take().head();
        assertTrue(queue.offer(chain, 9));
        device.use(published + 2, 0);

        breaks("starts no request in flight");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100, 0x8000, 0xffff})
    void u3UsedIndexAheadOfWhatIsInFlightOrBehind(int index) {
        publish(2);
        device.showIndex(index);

        breaks("the used index went from 0 to " + index + ", but only 2 requests");
    }

    @Test
    void u3UsedIndexCountsARequestThatWasNotPublished() {
        publish(1);
        queue.offer(chain, 9);
        device.showIndex(2);

        breaks("but only 1 requests are in flight");
    }

    @Test
    void u4UsedIndexRunsOnWhileWeConsume() {
        publish(3);
        device.use(device.take().head(), 0);
        assertTrue(queue.poll());
        device.use(device.take().head(), 0);
        device.use(device.take().head(), 0);
        device.showIndex(4);

        breaks("the used index went from 1 to 4, but only 2 requests");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 26, 0x7fff_ffffL, 0xffff_ffffL})
    void u5UsedLengthBeyondTheRoomGiven(long length) {
        publish(1);
        device.use(device.take().head(), length);

        breaks("claims " + length + " bytes written for descriptor 0, which has room for 10");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 26, 0x7fff_ffffL, 0xffff_ffffL})
    void u5UsedLengthIsCutAndCountedWhereOldDevicesAreTolerated(long length) {
        open(UsedLengths.CLAMPED);
        publish(1);
        device.use(device.take().head(), length);

        assertTrue(queue.poll());
        assertEquals(10, queue.usedLength());
        assertEquals(1, queue.clampedLengths());
    }

    @Test
    void u6UsedLengthShorterThanAnyHeaderIsHandedOnAsItIs() {
        publish(1);
        device.use(device.take().head(), 0);

        assertTrue(queue.poll());
        assertEquals(0, queue.usedLength());
    }

    @Test
    void u8DescriptorsAndAvailableRingRewrittenByTheDevice() {
        publish(2);
        int first = device.take().head();
        int second = device.take().head();
        device.scribble();
        device.use(second, 10);
        device.use(first, 10);

        assertTrue(queue.poll());
        assertEquals(1, queue.token());
        assertTrue(queue.poll());
        assertEquals(0, queue.token());
        publishAgainAfterScribble();
    }

    /** All of the queue can still be used, so no link was taken from the shared table. */
    private void publishAgainAfterScribble() {
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(queue.offer(chain.clear().writable(0x1000, 1), i));
        }
        assertFalse(queue.offer(chain, CAPACITY));
        queue.publish();
        assertEquals(2 + CAPACITY, device.availableIndex());
    }

    @Test
    void u10NothingIsEverUsed() {
        publish(4);

        assertFalse(queue.poll());
        assertFalse(queue.offer(chain, 4));
        assertEquals(4, queue.inFlight());
        assertTrue(queue.describe().contains("published 4, used by the device 0, harvested 0"));
    }

    @Test
    void u13FlagsAndEventsOfNonsenseChangeNothingButTheDoorbell() {
        device.suppressNotifications(true);
        device.setAvailableEvent(0xdead);
        publish(1);

        assertFalse(queue.ringIfAsked());
        device.use(device.take().head(), 10);
        assertTrue(queue.poll());
    }
}
