package org.jvirtio.lab.faults;

/**
 * What an exercise has to bear.
 *
 * @param anyData true if the device goes on changing data that it gave, so that any data is right
 * @param millis how long to go on, for faults that are races; 0 asks for each thing once
 */
record Work(boolean anyData, int millis) {

    static final Work ORDINARY = new Work(false, 0);

    Work withAnyData() {
        return new Work(true, millis);
    }

    Work lasting(int newMillis) {
        return new Work(anyData, newMillis);
    }

    long nanos() {
        return millis * 1_000_000L;
    }
}
