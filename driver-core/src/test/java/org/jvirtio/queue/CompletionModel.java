package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.RingPeer;

/**
 * Requests of one or two buffers on their way to the device and back, in any batches and any order.
 * The model numbers requests and counts; it knows no ring.
 */
final class CompletionModel implements StateSearch.Model {

    private static final int OFFER_ONE = 0;
    private static final int OFFER_TWO = 1;
    private static final int PUBLISH = 2;
    private static final int TAKE = 3;
    private static final int SHOW = 4;
    private static final int POLL = 5;
    private static final int USE = 6;

    private final OpenQueue open;
    private final Virtqueue queue;
    private final boolean inOrder;
    private final boolean indirect;
    private final int total;
    private final Chain chain = new Chain(2);

    // By number of request.
    private final int[] buffers;
    private final int[] ids;
    private final boolean[] isUsed;

    /** The numbers of used requests, and the length of each, in the order of their using. */
    private final int[] used;

    private final int[] lengths;

    private int offered;
    private int published;
    private int taken;
    private int usedCount;
    private int shown;
    private int harvested;

    /**
     * Begins where {@code open} is.
     *
     * @param total requests to offer at most
     */
    CompletionModel(OpenQueue open, int total) {
        this.open = open;
        this.total = total;
        queue = open.queue;
        inOrder = open.has(RingFeature.IN_ORDER);
        indirect = open.has(RingFeature.INDIRECT_DESC);
        buffers = new int[total];
        ids = new int[total];
        isUsed = new boolean[total];
        used = new int[total];
        lengths = new int[total];
    }

    @Override
    public OpenQueue open() {
        return open;
    }

    @Override
    public int steps() {
        return USE + total;
    }

    @Override
    public boolean take(int step) {
        boolean possible =
                switch (step) {
                    case OFFER_ONE -> offer(1);
                    case OFFER_TWO -> queue.capacity() > 1 && offer(2);
                    case PUBLISH -> publish();
                    case TAKE -> takeAvailable();
                    case SHOW -> show();
                    case POLL -> poll();
                    default -> use(step - USE);
                };
        assertEquals(offered - harvested, queue.inFlight());
        return possible;
    }

    private boolean offer(int count) {
        if (offered == total) {
            return false;
        }
        boolean fits = slotsInUse() + slots(count) <= queue.capacity();
        chain.clear();
        for (int i = 0; i < count; i++) {
            chain.writable(address(offered) + i, 1);
        }
        assertEquals(fits, queue.offer(chain, offered));
        if (fits) {
            buffers[offered++] = count;
        }
        return fits;
    }

    private static long address(int number) {
        return 0x1000L * (number + 1);
    }

    private int slots(int count) {
        return indirect ? 1 : count;
    }

    private int slotsInUse() {
        int slots = 0;
        for (int i = 0; i < offered; i++) {
            slots += slots(buffers[i]);
        }
        for (int i = 0; i < harvested; i++) {
            slots -= slots(buffers[used[i]]);
        }
        return slots;
    }

    private boolean publish() {
        boolean any = published < offered;
        queue.publish();
        published = offered;
        return any;
    }

    /** The device sees what was published, in the order in which it was offered. */
    private boolean takeAvailable() {
        assertEquals(taken < published, open.peer.hasRequest());
        if (taken == published) {
            return false;
        }
        RingPeer.Request request = open.peer.take();
        assertEquals(buffers[taken], request.buffers().size());
        for (int i = 0; i < buffers[taken]; i++) {
            assertEquals(address(taken) + i, request.buffers().get(i).address());
        }
        ids[taken++] = request.id();
        return true;
    }

    /** In order: those up to {@code number}, by one used entry. */
    private boolean use(int number) {
        if (number >= taken || isUsed[number]) {
            return false;
        }
        int first = inOrder ? usedCount : number;
        for (int i = first; i <= number; i++) {
            note(i, i < number ? buffers[i] : number % 2);
        }
        RingPeer.Request[] batch = new RingPeer.Request[number - first + 1];
        for (int i = first; i <= number; i++) {
            batch[i - first] = new RingPeer.Request(ids[i], List.of(), false);
        }
        open.peer.writeBatch(List.of(batch), number % 2);
        return true;
    }

    private void note(int number, int length) {
        isUsed[number] = true;
        used[usedCount] = number;
        lengths[usedCount] = length;
        usedCount++;
    }

    private boolean show() {
        boolean any = shown < usedCount;
        open.peer.show();
        shown = usedCount;
        return any;
    }

    private boolean poll() {
        boolean any = harvested < shown;
        assertEquals(any, queue.poll());
        if (any) {
            assertEquals(used[harvested], queue.token());
            assertEquals(lengths[harvested], queue.usedLength());
            harvested++;
        }
        return any;
    }

    @Override
    public String toString() {
        return String.format(
                "offered %d, published %d, taken %d, used %d, shown %d, harvested %d",
                offered, published, taken, usedCount, shown, harvested);
    }
}
