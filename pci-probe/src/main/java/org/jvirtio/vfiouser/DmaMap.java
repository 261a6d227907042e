package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.linux.Errno;
import org.jvirtio.memory.NativeMemory;

/**
 * The memory that a server was told of, and its answers where the server reads and writes it by
 * messages (vfio-user, Client memory access). Thread-safe: a twin socket has a thread of its own,
 * and what is being copied stays mapped until that is done.
 */
final class DmaMap {

    private final int mostData;
    private final List<Range> ranges = new ArrayList<>();

    /** Memory, with the address by which the server knows its first byte. */
    private record Range(long address, NativeMemory memory) {

        /** Where an access lies in it; negative if it does not lie in it whole. */
        long offset(long at, long count) {
            long offset = at - address;
            boolean inside =
                    offset >= 0 && count <= memory.length() && offset <= memory.length() - count;
            return inside ? offset : -1;
        }
    }

    /**
     * Describes a map without memory.
     *
     * @param mostData bytes that one message may read or write, as was agreed
     */
    DmaMap(int mostData) {
        this.mostData = mostData;
    }

    synchronized void add(long address, NativeMemory memory) {
        ranges.add(new Range(address, memory));
    }

    /** Nothing of that memory is touched once this returns. */
    synchronized void remove(NativeMemory memory) {
        ranges.removeIf(range -> range.memory == memory);
    }

    /**
     * Answers the command that was received last. One that is not known is refused; one that
     * reaches for other memory than it was told of is refused, and ends the session: whatever made
     * the server ask cannot be trusted with the rest.
     */
    synchronized void answer(MessageSocket socket) {
        Command command = socket.received().command();
        if (command != Command.DMA_READ && command != Command.DMA_WRITE) {
            socket.sendError(Errno.EOPNOTSUPP);
            return;
        }
        socket.requirePayload(DmaAccessField.LENGTH);
        long address = socket.received().payload().read64(DmaAccessField.ADDRESS.offset());
        long count = socket.received().payload().read64(DmaAccessField.COUNT.offset());
        if (count < 0 || count > mostData) {
            socket.sendError(Errno.EINVAL);
            throw outside(socket, address, count, "; at most 0x" + Integer.toHexString(mostData));
        }
        for (Range range : ranges) {
            long offset = range.offset(address, count);
            if (offset >= 0) {
                access(socket, command, range.memory, offset, (int) count);
                return;
            }
        }
        socket.sendError(Errno.EFAULT);
        throw outside(socket, address, count, "; no memory it was told of");
    }

    private static void access(
            MessageSocket socket, Command command, NativeMemory memory, long offset, int count) {
        NativeMemory payload = socket.received().payload();
        NativeMemory out = socket.out();
        out.copyFrom(0, payload, 0, DmaAccessField.LENGTH);
        int data = DmaAccessField.DATA.offset();
        if (command == Command.DMA_READ) {
            if (copyWord(out, data, memory, offset, count)) {
                socket.sendReply(DmaAccessField.LENGTH + count);
            } else {
                socket.sendReply(DmaAccessField.LENGTH, memory, offset, count);
            }
            return;
        }
        socket.requirePayload(DmaAccessField.LENGTH + count);
        if (!copyWord(memory, offset, payload, data, count)) {
            memory.copyFrom(offset, payload, data, count);
        }
        // What is seen after a later interrupt or index is at least as new.
        NativeMemory.fullFence();
        socket.sendReply(DmaAccessField.LENGTH);
    }

    /**
     * Copies 2, 4 or 8 bytes in one access, as a bus would: nobody sees half of a ring's index.
     *
     * @return false if it is another number of bytes, or one place is not aligned to it
     */
    private static boolean copyWord(
            NativeMemory target, long to, NativeMemory source, long from, int count) {
        long places = target.address() + to | source.address() + from;
        if ((places & count - 1) != 0) {
            return false;
        }
        switch (count) {
            case Short.BYTES -> target.write16(to, source.read16(from));
            case Integer.BYTES -> target.write32(to, source.read32(from));
            case Long.BYTES -> target.write64(to, source.read64(from));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static RuntimeException outside(
            MessageSocket socket, long address, long count, String why) {
        return socket.fail(
                String.format(
                        "%s of 0x%x bytes at 0x%x%s",
                        socket.received().command(), count, address, why));
    }
}
