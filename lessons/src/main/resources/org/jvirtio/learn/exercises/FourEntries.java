import java.nio.ByteBuffer;
import org.jvirtio.learn.exercise.SmallQueue;

/**
 * The driver's half of a split queue of four entries.
 *
 * <pre>
 *      0  descriptors   4 x 16 bytes
 *     64  available     flags 2 | idx 2 | ring 4 x 2 | used_event 2
 *   4096  used          flags 2 | idx 2 | ring 4 x (id 4, len 4) | avail_event 2
 * </pre>
 *
 * ByteBuffer: getShort(offset), putShort(offset, value), getInt(offset). Little-endian is set.
 * Memory order is lesson 9; here the device looks only between your calls.
 */
public final class FourEntries implements SmallQueue {

    private ByteBuffer memory;

    /** The available idx of the next publish. */
    private int available;

    /** How many used elements were taken. */
    private int taken;

    @Override
    public void start(ByteBuffer queue) {
        memory = queue;
        available = 0;
        taken = 0;
    }

    /** Makes the chain that begins at descriptor head available. */
    @Override
    public void publish(int head) {
        //: solution
        memory.putShort(64 + 4 + 2 * (available % 4), (short) head);
        available = (available + 1) & 0xffff;
        memory.putShort(64 + 2, (short) available);
        //: hole
        // your code: the head into its slot, then idx
        //: end
    }

    /** The id of the next used element, or -1. */
    @Override
    public int poll() {
        //: solution
        int used = memory.getShort(4096 + 2) & 0xffff;
        if (used == taken) {
            return -1;
        }
        int id = memory.getInt(4096 + 4 + 8 * (taken % 4));
        taken = (taken + 1) & 0xffff;
        return id;
        //: hole
        return -1; // your code
        //: end
    }
}
