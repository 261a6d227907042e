package org.jvirtio.qtest;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jvirtio.linux.DmaArena;

/** What one function took of its machine's memory. */
final class QtestBlocks implements DmaArena.BlockSource, AutoCloseable {

    private final QtestMemory memory;
    private final Deque<DmaArena.Block> taken = new ArrayDeque<>();

    QtestBlocks(QtestMemory memory) {
        this.memory = memory;
    }

    @Override
    public DmaArena.Block block(long length, long alignment) {
        DmaArena.Block block = memory.take(length, alignment);
        taken.push(block);
        return block;
    }

    @Override
    public String description() {
        return "guest-physical, a file shared with QEMU";
    }

    /** Gives everything back. The device must not know it any more. */
    @Override
    public void close() {
        while (!taken.isEmpty()) {
            memory.giveBack(taken.pop());
        }
    }
}
