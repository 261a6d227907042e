package org.jvirtio.vfiouser;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.memory.NativeMemory;

/**
 * Blocks of memory that a server maps, too (vfio-user, VFIO_USER_DMA_MAP). One that takes no
 * descriptors is told of their addresses alone, and reaches them by messages.
 */
final class MemoryBlocks implements DmaArena.BlockSource, AutoCloseable {

    private static final long BLOCK = 2L << 20;

    /** Above whatever a machine has below 4 GiB, where a write may be an interrupt. */
    private static final long LOWEST = 1L << 32;

    /** Bytes of one block: more is a mistake, or pages that no memory of ours can consist of. */
    private static final long LARGEST = 1L << 31;

    private final ClientSession session;
    private final Deque<MemoryFile> memory = new ArrayDeque<>();
    private final Deque<DmaArena.Block> mapped = new ArrayDeque<>();
    private long next = LOWEST;
    private boolean shared;

    MemoryBlocks(ClientSession session) {
        this.session = session;
        shared = session.sharesMemory();
    }

    @Override
    public DmaArena.Block block(long length, long alignment) {
        long page = session.server().smallestPage();
        long unit = Long.compareUnsigned(page, BLOCK) < 0 ? BLOCK : page;
        long bytes = length + unit - 1 & -unit;
        if (Long.compareUnsigned(unit, LARGEST) > 0 || length > LARGEST || alignment > LARGEST) {
            throw new EnvironmentException(
                    String.format(
                            "allocating 0x%x bytes for %s, aligned to 0x%x, in pages of 0x%x: a"
                                    + " block has at most 0x%x. Use smaller queues or buffers.",
                            length, session.name(), alignment, unit, LARGEST));
        }
        requireRoomForMap();
        long address = next + Math.max(alignment, unit) - 1 & -Math.max(alignment, unit);
        MemoryFile file = MemoryFile.create(bytes);
        memory.push(file);
        session.memory().add(address, file.memory());
        tell(file, address);
        file.descriptor().close(); // mapped at both ends, it has served
        next = address + bytes;
        DmaArena.Block block = new DmaArena.Block(file.memory(), address);
        mapped.push(block);
        return block;
    }

    private void requireRoomForMap() {
        if (mapped.size() >= session.server().maxDmaMaps()) {
            throw new EnvironmentException(
                    "giving "
                            + session.name()
                            + " more memory: it takes "
                            + session.server().maxDmaMaps()
                            + " mappings, and has them. Use smaller queues or buffers.");
        }
    }

    /** With a descriptor if the server takes one; without from the first that it refuses. */
    private void tell(MemoryFile file, long address) {
        int error = map(file, address);
        if (error != 0 && shared) {
            shared = false;
            error = map(file, address);
        }
        if (error != 0) {
            session.memory().remove(file.memory());
            throw session.refused(
                    String.format("sharing 0x%x bytes at 0x%x", file.memory().length(), address),
                    error,
                    "Use smaller queues or buffers, or look what the server printed.");
        }
    }

    private int map(MemoryFile file, long address) {
        synchronized (session) {
            NativeMemory out = session.out();
            out.write32(DmaMapField.ARGSZ.offset(), DmaMapField.LENGTH);
            out.write32(DmaMapField.FLAGS.offset(), DmaMapField.FLAG_READ | DmaMapField.FLAG_WRITE);
            out.write64(DmaMapField.OFFSET.offset(), 0);
            out.write64(DmaMapField.ADDRESS.offset(), address);
            out.write64(DmaMapField.SIZE.offset(), file.memory().length());
            if (shared) {
                session.attach(file.descriptor().fd());
            }
            return session.request(Command.DMA_MAP, DmaMapField.LENGTH, 0);
        }
    }

    private void unmap(DmaArena.Block block) {
        synchronized (session) {
            NativeMemory out = session.out();
            out.write32(DmaUnmapField.ARGSZ.offset(), DmaUnmapField.LENGTH);
            out.write32(DmaUnmapField.FLAGS.offset(), 0);
            out.write64(DmaUnmapField.ADDRESS.offset(), block.deviceAddress());
            out.write64(DmaUnmapField.SIZE.offset(), block.memory().length());
            int error = session.request(Command.DMA_UNMAP, DmaUnmapField.LENGTH, 0);
            if (error != 0 && error != Errno.ENOENT.number()) {
                throw session.refused(
                        String.format("taking back the memory at 0x%x", block.deviceAddress()),
                        error,
                        "Report the server: it was told of this memory.");
            }
        }
    }

    @Override
    public String description() {
        return shared
                ? "memory shared with the server"
                : "memory that the server reaches by messages";
    }

    /** Takes all back. What the server mapped of it stays its own, whatever becomes of ours. */
    @Override
    public void close() {
        try {
            while (!mapped.isEmpty() && !session.isEnded()) {
                unmap(mapped.pop());
            }
        } finally {
            while (!memory.isEmpty()) {
                MemoryFile file = memory.pop();
                session.memory().remove(file.memory());
                file.close();
            }
        }
    }
}
