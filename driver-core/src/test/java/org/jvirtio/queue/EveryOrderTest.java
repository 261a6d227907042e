package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.RingPeer;

/**
 * A full ring of 1 to 8 requests comes back in every order there is, shown in every split into
 * batches, beginning at every slot in turn.
 */
class EveryOrderTest {

    /** With it, every split of 7 and 8 too; without, those come all at once and one by one. */
    private static final boolean LONG = Boolean.getBoolean("jvirtio.long");

    private static final int LARGEST = 8;
    private static final int SMALL = 6;

    private static final int SPLIT_CASES = 2 * 2 + 24 * 8 + 2 * 40_320;
    private static final int PACKED_CASES =
            1 + 2 * 2 + 6 * 4 + 24 * 8 + 120 * 16 + 720 * 32 + 2 * 5_040 + 2 * 40_320;

    private OpenQueue open;
    private int[] order;
    private int cases;

    @Test
    void everyOrderOfASplitRing() {
        for (int capacity = 2; capacity <= LARGEST; capacity *= 2) {
            everyOrder(FeatureSet.NONE, capacity);
        }
        assertTrue(cases >= SPLIT_CASES, cases + " cases");
    }

    @Test
    void everyOrderOfAPackedRing() {
        for (int capacity = 1; capacity <= LARGEST; capacity++) {
            everyOrder(FeatureSet.of(RingFeature.RING_PACKED), capacity);
        }
        assertTrue(cases >= PACKED_CASES, cases + " cases");
    }

    private void everyOrder(FeatureSet features, int capacity) {
        open = new OpenQueue(features, capacity);
        order = new int[capacity];
        permute(0, 0);
    }

    /** Chooses who comes back as number {@code place}; {@code chosen} is a bit for each. */
    private void permute(int place, int chosen) {
        if (place == order.length) {
            everySplit();
            return;
        }
        for (int i = 0; i < order.length; i++) {
            if ((chosen >>> i & 1) == 0) {
                order[place] = i;
                permute(place + 1, chosen | 1 << i);
            }
        }
    }

    /** A bit of a split says whether the device shows what it has after that request. */
    private void everySplit() {
        int splits = 1 << (order.length - 1);
        int step = LONG || order.length <= SMALL ? 1 : splits - 1;
        for (int split = 0; split < splits; split += Math.max(1, step)) {
            roundTrip(split);
            cases++;
            open.turn(1); // The next one begins a slot further on.
        }
    }

    private void roundTrip(int split) {
        open.publishOnes(order.length);
        List<RingPeer.Request> requests = open.takeAll();
        int shown = 0;
        for (int place = 0; place < order.length; place++) {
            open.peer.write(requests.get(order[place]).id(), 1 + place);
            boolean last = place + 1 == order.length;
            if (last || (split >>> place & 1) != 0) {
                open.peer.show();
                expect(shown, place + 1);
                shown = place + 1;
            }
        }
    }

    private void expect(int from, int to) {
        for (int place = from; place < to; place++) {
            assertTrue(open.queue.poll());
            assertEquals(order[place], open.queue.token());
            assertEquals(1 + place, open.queue.usedLength());
        }
        assertFalse(open.queue.poll());
    }
}
