package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.RingPeer;

/**
 * Offers random batches with a counter as token, and expects each token exactly once with the
 * length that the device wrote. The device uses them in any order; with IN_ORDER in order, and many
 * by one used entry.
 */
final class Traffic {

    private final OpenQueue open;
    private final Virtqueue queue;
    private final Random random = new Random(1);
    private final List<RingPeer.Request> atDevice = new ArrayList<>();
    private final List<Long> rooms = new ArrayList<>();
    private final int batch;
    private final boolean inOrder;
    private int received;

    Traffic(OpenQueue open, int capacity) {
        this.open = open;
        queue = open.queue;
        batch = Math.min(capacity, 2000);
        inOrder = open.has(RingFeature.IN_ORDER);
    }

    void run(int total) {
        while (received < total) {
            for (int i = random.nextInt(batch + 1); i > 0; i--) {
                offer();
            }
            queue.publish();
            atDevice.addAll(open.takeAll());
            if (!inOrder) {
                Collections.shuffle(atDevice, random);
            }
            use(random.nextInt(atDevice.size() + 1));
            harvest();
        }
        use(atDevice.size());
        harvest();
        assertEquals(rooms.size(), received);
        assertEquals(0, queue.inFlight());
    }

    private void offer() {
        boolean one = queue.capacity() < 3 || random.nextBoolean();
        int token = rooms.size();
        if (one ? open.offerOne(token) : queue.offer(open.three(), token)) {
            rooms.add(one ? 64L : 513L);
        }
    }

    private void use(int count) {
        List<RingPeer.Request> now = atDevice.subList(0, count);
        for (int i = 0; i < count; ) {
            int together = inOrder ? 1 + random.nextInt(count - i) : 1;
            List<RingPeer.Request> entry = now.subList(i, i + together);
            open.peer.writeBatch(entry, entry.get(together - 1).writableBytes());
            i += together;
        }
        open.peer.show();
        now.clear();
    }

    private void harvest() {
        while (queue.poll()) {
            int index = (int) queue.token();
            assertFalse(rooms.get(index) == null, "token " + index + " came twice");
            assertEquals(rooms.get(index), queue.usedLength());
            rooms.set(index, null);
            received++;
        }
    }
}
