package org.jvirtio.linux;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jvirtio.EnvironmentException;

/** Blocks of one huge page each, known to the device by their guest-physical address. */
public final class HugePageBlocks implements DmaArena.BlockSource, AutoCloseable {

    private final Deque<HugePages.HugePage> pages = new ArrayDeque<>();

    @Override
    public DmaArena.Block block(long length, long alignment) {
        if (length > HugePages.LENGTH || alignment > HugePages.LENGTH) {
            throw new EnvironmentException(
                    String.format(
                            "allocating 0x%x bytes of contiguous guest-physical memory, aligned to"
                                    + " 0x%x: a huge page has 0x%x. Use smaller queues or buffers.",
                            length, alignment, HugePages.LENGTH));
        }
        HugePages.HugePage page = HugePages.allocate();
        pages.push(page);
        return new DmaArena.Block(page.mapping().memory(), page.physicalAddress());
    }

    @Override
    public String description() {
        return "guest-physical, 2 MiB pages";
    }

    /** Frees the pages. The device must not know them any more. */
    @Override
    public void close() {
        while (!pages.isEmpty()) {
            pages.pop().close();
        }
    }
}
