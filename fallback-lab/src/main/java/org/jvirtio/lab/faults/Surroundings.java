package org.jvirtio.lab.faults;

import java.util.Locale;

/** What can be wrong around a device. */
enum Surroundings {
    ORDINARY(""),
    /** No stretch of contiguous memory is longer than 64 KiB. */
    SMALL_MEMORY("with memory in pieces of 64 KiB"),
    /** All memory lies beyond what 32 bits of page number reach. */
    HIGH_MEMORY("with memory above 2^44"),
    /** Somebody set DRIVER_OK before and went away. */
    LEFT_RUNNING("left running by somebody else"),
    /** A driver whose request is in flight went away without a word. */
    ABANDONED("abandoned by a driver with a request in flight"),
    /** The same, and everything that the driver had on the heap was collected. */
    COLLECTED("abandoned by a driver that was garbage-collected");

    private final String sentence;

    Surroundings(String sentence) {
        this.sentence = sentence;
    }

    /** Behind the device: {@code with memory above 2^44}. */
    String sentence() {
        return sentence;
    }

    /** {@code small-memory}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
