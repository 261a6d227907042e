package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.NativeMemory;

/**
 * Follows one descriptor chain and finds its buffers, refusing what section 2.7.5 forbids: loops,
 * indices and addresses outside, readable after writable, more than 2^32 bytes, and the misuses of
 * indirect tables (section 2.7.5.3).
 */
final class ChainWalk {

    private static final long MOST_BYTES = 1L << 32;

    private final EmulatedMemory memory;
    private final boolean indirectAccepted;
    private final int mostDescriptors;
    private final List<Segment> segments = new ArrayList<>();
    private long bytes;
    private int seen;

    /**
     * Prepares a walk.
     *
     * @param mostDescriptors the queue's size, which no chain may exceed
     */
    ChainWalk(EmulatedMemory memory, boolean indirectAccepted, int mostDescriptors) {
        this.memory = memory;
        this.indirectAccepted = indirectAccepted;
        this.mostDescriptors = mostDescriptors;
    }

    List<Segment> from(NativeMemory table, int head) {
        walk(table, mostDescriptors, head, false);
        return segments;
    }

    private void walk(NativeMemory table, long entries, int first, boolean inside) {
        int index = first;
        while (true) {
            if (index >= entries) {
                throw new ProtocolFault("descriptor index " + index + " in a table of " + entries);
            }
            Descriptor descriptor = Descriptor.read(table, index);
            if (descriptor.isIndirect()) {
                enter(descriptor, inside);
                return;
            }
            add(descriptor);
            if (!descriptor.hasNext()) {
                return;
            }
            index = descriptor.next();
        }
    }

    private void enter(Descriptor descriptor, boolean inside) {
        if (!indirectAccepted || inside || descriptor.hasNext()) {
            throw new ProtocolFault(
                    "indirect descriptor "
                            + (inside
                                    ? "inside an indirect table"
                                    : descriptor.hasNext()
                                            ? "with NEXT"
                                            : "without INDIRECT_DESC negotiated"));
        }
        if (descriptor.length() == 0 || descriptor.length() % Descriptor.BYTES != 0) {
            throw new ProtocolFault("indirect table of " + descriptor.length() + " bytes");
        }
        // WRITE on the descriptor that refers to the table is ignored (section 2.7.5.3.2).
        walk(find(descriptor, "indirect table"), descriptor.length() / Descriptor.BYTES, 0, true);
    }

    private void add(Descriptor descriptor) {
        if (++seen > mostDescriptors) {
            throw new ProtocolFault(
                    "chain of more than "
                            + mostDescriptors
                            + " descriptors, the size of the queue: a loop, or too long");
        }
        if (descriptor.length() == 0) {
            throw new ProtocolFault("descriptor of zero bytes");
        }
        if (!descriptor.isWritable() && endsWritable()) {
            throw new ProtocolFault("readable descriptor after a writable one (section 2.7.4.2)");
        }
        bytes += descriptor.length();
        if (bytes > MOST_BYTES) {
            throw new ProtocolFault("chain of more than 2^32 bytes");
        }
        segments.add(new Segment(find(descriptor, "buffer"), descriptor.isWritable()));
    }

    private boolean endsWritable() {
        return !segments.isEmpty() && segments.get(segments.size() - 1).writable();
    }

    private NativeMemory find(Descriptor descriptor, String what) {
        NativeMemory found = memory.find(descriptor.address(), descriptor.length());
        if (found == null) {
            throw new ProtocolFault(
                    String.format(
                            "%s at device address 0x%x, 0x%x bytes, which is not inside one DMA"
                                    + " region of %s",
                            what, descriptor.address(), descriptor.length(), memory.description()));
        }
        return found;
    }
}
