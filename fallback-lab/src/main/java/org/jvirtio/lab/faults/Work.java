package org.jvirtio.lab.faults;

/**
 * What an exercise has to bear.
 *
 * @param anyData true if the device goes on changing data that it gave, so that any data is right
 * @param millis how long to go on at most, for faults that are races; 0 asks for each thing once
 * @param together how many more are in flight at the same time; 0 for one after the other only
 * @param alone true if nobody gives back what the device sends
 */
record Work(boolean anyData, int millis, int together, boolean alone) {

    static final Work ORDINARY = new Work(false, 0, 0, false);

    Work withAnyData() {
        return new Work(true, millis, together, alone);
    }

    Work lasting(int newMillis) {
        return new Work(anyData, newMillis, together, alone);
    }

    Work withTogether(int count) {
        return new Work(anyData, millis, count, alone);
    }

    Work onItsOwn() {
        return new Work(anyData, millis, together, true);
    }

    long nanos() {
        return millis * 1_000_000L;
    }
}
