package org.jvirtio.model;

/**
 * How a model gives requests back, so that tests can make a driver meet what the specification
 * allows and devices rarely do.
 *
 * @param reversed the last request first (allowed without IN_ORDER, section 2.7.8)
 * @param batch requests that are kept until this many are done, or until {@link
 *     EmulatedFunction#run}; 1 keeps none
 */
public record Completion(boolean reversed, int batch) {

    /** In the order they were made available, at once. */
    public static final Completion AT_ONCE = new Completion(false, 1);

    public Completion {
        if (batch < 1) {
            throw new IllegalArgumentException("batch of " + batch + " requests");
        }
    }
}
