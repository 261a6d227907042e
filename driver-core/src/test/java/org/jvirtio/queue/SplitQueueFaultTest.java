package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.RingPeer;
import org.jvirtio.partner.SplitPeer;

/** A device that lies about its used index, or about order; each test is named for the lie. */
class SplitQueueFaultTest {

    private OpenQueue open;
    private Virtqueue queue;
    private SplitPeer device;

    private void open(RingFeature... features) {
        open = new OpenQueue(FeatureSet.of(features), 8);
        queue = open.queue;
        device = (SplitPeer) open.peer;
    }

    private void breaks(String reason) {
        DeviceBrokenException broken = assertThrows(DeviceBrokenException.class, queue::poll);
        assertTrue(broken.getMessage().contains(reason), broken.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100, 0x8000, 0xffff})
    void u3UsedIndexAheadOfWhatIsInFlightOrBehind(int index) {
        open();
        open.publishOnes(2);
        device.showIndex(index);

        breaks("the used index went from 0 to " + index + ", but only 2 requests");
    }

    @ParameterizedTest
    @ValueSource(ints = {65535, 65536, 65537, 70_000})
    void u3UsedIndexGoesBackAcrossTheWrap(int turns) {
        open();
        open.turn(turns);
        open.publishOnes(2);
        device.showIndex(turns - 1);

        breaks("the used index went from " + (turns & 0xffff));
    }

    @Test
    void u3UsedIndexCountsARequestThatWasNotPublished() {
        open();
        open.publishOnes(1);
        open.offerOne(9);
        device.showIndex(2);

        breaks("but only 1 requests are in flight");
    }

    @Test
    void u3UsedIndexMovesWhenNothingIsInFlight() {
        open();
        device.showIndex(1);

        breaks("but only 0 requests are in flight");
    }

    @Test
    void u4UsedIndexRunsOnWhileWeConsume() {
        open();
        open.publishOnes(3);
        device.use(device.take().id(), 0);
        assertTrue(queue.poll());
        device.use(device.take().id(), 0);
        device.use(device.take().id(), 0);
        device.showIndex(4);

        breaks("the used index went from 1 to 4, but only 2 requests");
    }

    /** The second is named, but the index moved by one: the first was overtaken. */
    @Test
    void u15UsedOutOfOrderAlthoughInOrderWasAccepted() {
        open(RingFeature.IN_ORDER);
        open.publishOnes(2);
        List<RingPeer.Request> requests = open.takeAll();
        device.use(requests.get(1).id(), 1);

        breaks("IN_ORDER was accepted, but used element 0 names a request that is 2 further on");
    }

    @Test
    void u15BatchThatTheIndexDoesNotCover() {
        open(RingFeature.IN_ORDER);
        open.publishOnes(5);
        device.writeBatch(open.takeAll(), 1);
        device.showIndex(4);

        breaks("names a request that is 5 further on, and the used index only went 4 on");
    }

    @Test
    void u15BatchThatTheIndexRunsPast() {
        open(RingFeature.IN_ORDER);
        open.publishOnes(3);
        device.writeBatch(open.takeAll().subList(0, 2), 1);
        device.showIndex(3);

        assertTrue(queue.poll());
        assertTrue(queue.poll());
        breaks("starts no request in flight"); // the third element was never written
    }

    /** With INDIRECT_DESC too, what counts is the head, not an entry of the table. */
    @Test
    void u15UsedIdOfAnEntryOfAnIndirectTable() {
        open(RingFeature.INDIRECT_DESC, RingFeature.IN_ORDER);
        queue.offer(open.three(), 1);
        queue.publish();
        device.use(device.take().id() + 2, 1);

        breaks("starts no request in flight");
    }
}
