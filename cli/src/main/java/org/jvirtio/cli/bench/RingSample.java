package org.jvirtio.cli.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import org.jvirtio.DeviceBrokenException;

/**
 * What one round gave, as ours and the C program print it in one line of JSON.
 *
 * @param buffers that went round
 * @param seconds it took
 * @param busy for which part of that time each thread had a processor, at least
 * @param looks of a device on a thread of its own, for each batch that it found
 */
record RingSample(
        long buffers, double seconds, double busy, long doorbells, long interrupts, double looks) {

    /** Below this somebody else had the processor for too long. */
    private static final double UNDISTURBED = 0.97;

    static RingSample parse(String who, String line) {
        try {
            Map<String, Object> tree = JSON.std.mapFrom(line);
            return new RingSample(
                    number(tree, "buffers").longValue(),
                    number(tree, "seconds").doubleValue(),
                    number(tree, "busy").doubleValue(),
                    number(tree, "doorbells").longValue(),
                    number(tree, "interrupts").longValue(),
                    number(tree, "looks").doubleValue());
        } catch (IOException | ClassCastException | NullPointerException e) {
            throw new DeviceBrokenException(
                    "measuring the ring of "
                            + who
                            + ": it printed '"
                            + line
                            + "'. Its complaint is above.");
        }
    }

    /** Millions per second; of one thread in seconds of its processor, which others share. */
    double millionsPerSecond(int threads) {
        return buffers / (threads == 1 ? seconds * busy : seconds) / 1e6;
    }

    boolean isDisturbed() {
        return busy < UNDISTURBED;
    }

    private static Number number(Map<String, Object> tree, String name) {
        return (Number) java.util.Objects.requireNonNull(tree.get(name), name);
    }
}
