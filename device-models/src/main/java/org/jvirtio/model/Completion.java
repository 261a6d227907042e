package org.jvirtio.model;

/**
 * How a model gives requests back, so that tests can make a driver meet what the specification
 * allows and devices rarely do. What is kept is given back when enough more is done, at {@link
 * EmulatedFunction#run}, and by a device with a thread of its own once its doorbell has been quiet
 * for a moment.
 *
 * @param order among the requests that are done; with IN_ORDER always as offered (section 2.7.9)
 * @param seed of a random order
 * @param batch requests that are kept until so many can be given back together; 1 keeps none
 * @param delay requests that stay with the device although they are done; 0 keeps none
 * @param entries used entries of a batch, with IN_ORDER
 */
public record Completion(Order order, long seed, int batch, int delay, Entries entries) {

    /** Which of the requests that are done comes first. */
    public enum Order {
        AS_OFFERED,
        /** The last request first. */
        REVERSED,
        RANDOM
    }

    /** What is written for a batch if IN_ORDER was accepted (sections 2.7.9 and 2.8.19). */
    public enum Entries {
        /** A used entry for each request. */
        EACH,
        /** One entry, of the batch's last request, if those before it were used completely. */
        LAST
    }

    /** In the order they were made available, at once. */
    public static final Completion AT_ONCE =
            new Completion(Order.AS_OFFERED, 1, 1, 0, Entries.EACH);

    public Completion {
        if (batch < 1 || delay < 0) {
            throw new IllegalArgumentException(
                    "batch of " + batch + " requests, delay of " + delay);
        }
    }

    public Completion reversed() {
        return new Completion(Order.REVERSED, seed, batch, delay, entries);
    }

    /** Each time another order, foretold by {@code newSeed}. */
    public Completion random(long newSeed) {
        return new Completion(Order.RANDOM, newSeed, batch, delay, entries);
    }

    public Completion batch(int requests) {
        return new Completion(order, seed, requests, delay, entries);
    }

    public Completion delay(int requests) {
        return new Completion(order, seed, batch, requests, entries);
    }

    public Completion lastEntryOnly() {
        return new Completion(order, seed, batch, delay, Entries.LAST);
    }
}
