import org.jvirtio.learn.exercise.OrderedQueue;

/**
 * The queue of lesson 5, for a machine that reorders. Somewhere fences are missing: one release, one
 * acquire, one full.
 *
 * <pre>
 *     66 available idx    68 available ring, 2 bytes an entry
 *   4096 used flags     4098 used idx    4100 used ring, 8 bytes an element: id (4), length (4)
 * </pre>
 */
public final class OrderStores implements OrderedQueue {

    @Override
    public void publish(SharedMemory memory, int head, int idx) {
        memory.store16(68 + 2 * (idx % 4), head);
        //: solution
        memory.releaseFence();
        //: hole
        //: end
        memory.store16(66, (idx + 1) & 0xffff);
    }

    @Override
    public int poll(SharedMemory memory, int taken) {
        if (memory.load16(4098) == taken) {
            return -1;
        }
        //: solution
        memory.acquireFence();
        //: hole
        //: end
        return memory.load32(4100 + 8 * (taken % 4));
    }

    @Override
    public boolean publishAndAsk(SharedMemory memory, int head, int idx) {
        publish(memory, head, idx);
        //: solution
        memory.fullFence();
        //: hole
        //: end
        return (memory.load16(4096) & 1) == 0;
    }

    /** What to write into a descriptor, where an IOMMU is. */
    @Override
    public long deviceAddress(boolean accessPlatform, long guestPhysical, long ioVirtual) {
        //: solution
        return accessPlatform ? ioVirtual : guestPhysical;
        //: hole
        return ioVirtual; // for every device?
        //: end
    }
}
