package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Virtio 1.4 sections 2.7.10 and 2.8.10: the tests of events, against counting. */
class NeedsEventTest {

    /** Every index we can come from near a wrap and away from it, every step, every event. */
    @Test
    void agreesWithCountingForEveryEvent() {
        int[] origins = {0, 1, 0x7fff, 0x8000, 0xfffe, 0xffff};
        int[] steps = {0, 1, 2, 3, 255, 256, 32767, 32768, 65534, 65535};
        for (int before : origins) {
            for (int step : steps) {
                for (int event = 0; event <= 0xffff; event++) {
                    int filled = event - before & 0xffff; // the entry's distance from where we were
                    boolean slow = filled < step;
                    int now = before + step & 0xffff;
                    if (slow != SplitQueue.needsEvent(event, now, before)) {
                        assertEquals(slow, !slow, before + " + " + step + ", event " + event);
                    }
                }
            }
        }
    }

    /** All pairs of event and step from every origin, in full, on the definition by walking. */
    @Test
    void agreesWithWalkingOverTheEntries() {
        for (int before = 0xfff0; before < 0x10010; before++) {
            for (int step = 0; step < 40; step++) {
                for (int event = 0xffe0; event < 0x10060; event++) {
                    boolean walked = false;
                    for (int entry = before; entry < before + step; entry++) {
                        walked |= (entry & 0xffff) == (event & 0xffff);
                    }
                    assertEquals(
                            walked,
                            SplitQueue.needsEvent(event & 0xffff, before + step, before & 0xffff));
                }
            }
        }
    }

    /** Packed rings of every small size, from every slot of both laps, every event, every step. */
    @Test
    void agreesWithWalkingOverTheSlots() {
        int cases = 0;
        for (int capacity = 1; capacity <= 9; capacity++) {
            for (int before = 0; before < 2 * capacity; before++) {
                for (int added = 0; added <= capacity; added++) {
                    for (int event = 0; event < 2 * capacity; event++) {
                        boolean walked = false;
                        for (int slot = before; slot < before + added; slot++) {
                            walked |= slot % (2 * capacity) == event;
                        }
                        int now = word(before + added, capacity);
                        assertEquals(
                                walked,
                                PackedQueue.needsEvent(word(event, capacity), now, added, capacity),
                                capacity + ": " + before + " + " + added + ", event " + event);
                        cases++;
                    }
                }
            }
        }
        assertEquals(10_230, cases);
    }

    /** The wrap counter is 1 in even laps. */
    private static int word(int position, int capacity) {
        return position % capacity | (position / capacity % 2 == 0 ? 1 << 15 : 0);
    }
}
