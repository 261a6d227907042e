package org.jvirtio.page;

import java.util.List;

/**
 * A ring of entries, and who stands where.
 *
 * @param title of one or two words
 * @param entries from place 0 on
 */
public record Ring(String title, List<RingEntry> entries, List<Hand> hands) {

    /**
     * Somebody's place in the ring, as the hand of a clock.
     *
     * @param label of at most 25 letters
     * @param place where the next entry will go
     */
    public record Hand(String label, int place) {}

    public Ring {
        entries = List.copyOf(entries);
        hands = List.copyOf(hands);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("ring " + title + " without entries");
        }
        for (Hand hand : hands) {
            if (hand.place() < 0 || hand.place() >= entries.size()) {
                throw new IllegalArgumentException(hand + " in a ring of " + entries.size());
            }
        }
    }
}
