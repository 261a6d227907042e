package org.jvirtio.page;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

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
    public record Hand(String label, int place) {

        Hand since(Hand before) {
            return place == before.place ? this : new Hand(label + " *", place);
        }
    }

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

    /** The same ring a moment later than {@code before}. */
    Ring since(Ring before) {
        return new Ring(
                title,
                since(entries, before.entries, RingEntry::since),
                since(hands, before.hands, Hand::since));
    }

    /** Each of {@code now} beside the one that was at its place. */
    static <T> List<T> since(List<T> now, List<T> before, BinaryOperator<T> one) {
        if (now.size() != before.size()) {
            throw new IllegalArgumentException(now.size() + " beside " + before.size());
        }
        return IntStream.range(0, now.size())
                .mapToObj(i -> one.apply(now.get(i), before.get(i)))
                .toList();
    }
}
