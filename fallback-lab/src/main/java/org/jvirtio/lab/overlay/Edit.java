package org.jvirtio.lab.overlay;

import java.util.Optional;

/** One line of an overlay: one thing that is not shown as it is. */
public sealed interface Edit {

    /** Changes how a capability hangs in the list (PCI Local Bus 3.0 section 6.7). */
    record ListEdit(Step step, CapabilityName capability, Optional<Integer> to) implements Edit {

        /** What is done to it. */
        enum Step {
            /** The list leads past it. */
            HIDE,
            /** It stands somewhere else in the configuration space, at its place in the list. */
            MOVE,
            /** A second one follows it in the list. */
            COPY,
            /** It leads back to the first of the list. */
            LOOP
        }
    }

    /** Bytes of a capability, or of the header where {@code capability} is empty. */
    record ConfigEdit(Optional<CapabilityName> capability, Field field, Change change)
            implements Edit {}

    /** A BAR is not there, is of another kind, or cannot be opened. */
    record BarEdit(int index, Kind kind, long length) implements Edit {

        /** What is done to it. */
        enum Kind {
            HIDE,
            REFUSE,
            LENGTH,
            IO,
            MEMORY
        }
    }

    /** A register answers something else, sometimes or always. */
    record RegisterEdit(Structure structure, Field field, Change change, When when)
            implements Edit {}

    /** At most so many MSI-X vectors, or no pin. */
    record InterruptEdit(int vectors, boolean pin) implements Edit {}

    /** When a register lies; reads are counted from 1, over the life of the function. */
    record When(Optional<Written> written, long from, long until) {

        static final When ALWAYS = new When(Optional.empty(), 1, Long.MAX_VALUE);

        boolean has(long read) {
            return read >= from && read <= until;
        }
    }

    /** Only while this is what was last written to that register of the same structure. */
    record Written(Field field, long value) {}
}
