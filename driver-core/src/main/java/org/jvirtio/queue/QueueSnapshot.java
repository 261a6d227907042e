package org.jvirtio.queue;

import java.util.List;

/**
 * A queue at one moment, for people: what lies in the memory that driver and device share, and what
 * the driver holds of it. Taken by {@link Virtqueue#snapshot}, which the data path never calls.
 *
 * @param format {@code split} or {@code packed}
 * @param descriptors of the table, or of the packed ring, from place 0 on
 * @param available of a split queue only: the ring of heads
 * @param used of a split queue only: the ring of used elements
 * @param availableIndex of a split queue only: what the driver has written to idx
 * @param usedIndex of a split queue only: what the device has written to idx
 * @param driverPlace where the driver will put the next entry that it shows
 * @param devicePlace of a split queue only: where the device will put the next used element
 * @param harvestPlace where the driver looks for the next one
 */
public record QueueSnapshot(
        String name,
        String format,
        int capacity,
        List<Descriptor> descriptors,
        List<Head> available,
        List<Element> used,
        int availableIndex,
        int usedIndex,
        int driverPlace,
        int devicePlace,
        int harvestPlace) {

    /** Whose something is. */
    public enum State {
        FREE,
        /** Laid out, and not shown to the device. */
        OFFERED,
        IN_FLIGHT,
        /** The device has used it; the driver has not looked. */
        USED,
        /** What is left of a lap before. */
        OLD
    }

    /** A descriptor as it lies in memory, and whose it is. */
    public record Descriptor(
            State state, long deviceAddress, long length, int flags, int id, int next) {

        /** A request goes on in {@link #next}. */
        public boolean goesOn() {
            return (flags & QueueMemory.FLAG_NEXT) != 0;
        }

        public boolean isWritable() {
            return (flags & QueueMemory.FLAG_WRITE) != 0;
        }

        public boolean isTable() {
            return (flags & QueueMemory.FLAG_INDIRECT) != 0;
        }
    }

    /** An entry of the available ring. */
    public record Head(State state, int descriptor) {}

    /** An element of the used ring; its numbers are the device's, unchecked. */
    public record Element(State state, long id, long length) {}

    public QueueSnapshot {
        descriptors = List.copyOf(descriptors);
        available = List.copyOf(available);
        used = List.copyOf(used);
    }

    /** Descriptors that are not the driver's to use. */
    public long busy() {
        return descriptors.stream()
                .filter(some -> some.state() != State.FREE && some.state() != State.OLD)
                .count();
    }
}
