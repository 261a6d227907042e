package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PackedPeer;
import org.jvirtio.partner.RingPeer;

/**
 * A device that lies in the flags of used descriptors, or about order; each test is named for the
 * lie.
 */
class PackedQueueFaultTest {

    private static final int AVAIL = 1 << 7;
    private static final int USED = 1 << 15;

    private OpenQueue open;
    private Virtqueue queue;
    private PackedPeer device;

    private void open(RingFeature... features) {
        open = new OpenQueue(FeatureSet.of(features).with(RingFeature.RING_PACKED.bit()), 5);
        queue = open.queue;
        device = (PackedPeer) open.peer;
    }

    private void breaks(String reason) {
        DeviceBrokenException broken = assertThrows(DeviceBrokenException.class, queue::poll);
        assertTrue(broken.getMessage().contains(reason), broken.getMessage());
    }

    /** A jump ahead is not seen: used descriptors are looked for one after another. */
    @Test
    void u3UsedDescriptorsBeyondWhatIsInFlightAreNotLookedAt() {
        open();
        for (int slot = 0; slot < 5; slot++) {
            device.showFlags(slot, AVAIL | USED);
        }
        assertFalse(queue.poll());
        open.publishOnes(1);
        assertFalse(queue.poll());
        device.use(device.take().id(), 1);
        assertTrue(queue.poll());
        assertFalse(queue.poll());
    }

    /** In all laps: the flags that say "used" in the other one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 6, 9, 10})
    void u14WrapCounterOfTheOtherLap(int turns) {
        open();
        open.turn(turns);
        open.publishOnes(1);
        int id = device.take().id();
        int right = device.usedFlags();
        device.write(id, 1);
        device.showFlags(turns % 5, right ^ (AVAIL | USED));

        breaks("the flags of slot " + turns % 5 + " are 0x");
    }

    @Test
    void u14AvailableFlagTurnedAlone() {
        open();
        open.publishOnes(1);
        device.showFlags(0, USED);

        breaks("in this lap AVAIL is 1, whether used or not");
    }

    /** Neither flag changed is "not yet", whatever else is set. */
    @Test
    void u14OtherFlagsOfNonsense() {
        open();
        open.publishOnes(1);
        int id = device.take().id();
        device.showFlags(0, AVAIL | 0x7f7f);
        assertFalse(queue.poll());

        device.write(id, 9);
        device.showFlags(0, AVAIL | USED | 0x7f7f);
        assertTrue(queue.poll());
        assertEquals(9, queue.usedLength());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 0x8000, 0xffff})
    void u14BufferIdUnknown(int id) {
        open();
        open.publishOnes(1);
        device.take();
        device.use(id, 1);

        breaks("names buffer " + id + ", which is not that of a request in flight");
    }

    /** The first was named and is over; naming it again cannot be in order. */
    @Test
    void u15RequestNamedThatABatchHadEnded() {
        open(RingFeature.IN_ORDER);
        open.publishOnes(3);
        List<RingPeer.Request> requests = open.takeAll();
        device.writeBatch(requests.subList(0, 2), 1);
        device.show();
        assertTrue(queue.poll());
        assertTrue(queue.poll());
        device.use(requests.get(0).id(), 1);

        breaks("request in flight");
    }

    @Test
    void u15BatchThatEndsWithARequestNeverPublished() {
        open(RingFeature.IN_ORDER);
        open.publishOnes(2);
        open.offerOne(2);
        device.use(2, 1);

        breaks("names buffer 2, which is not that of a request in flight");
    }
}
