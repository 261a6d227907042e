package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Virtio 1.4 section 2.7.10: the 16-bit test, against counting. */
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
}
