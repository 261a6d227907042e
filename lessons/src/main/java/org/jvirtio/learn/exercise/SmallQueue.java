package org.jvirtio.learn.exercise;

import java.nio.ByteBuffer;

/**
 * Lesson 5: the driver's half of a split queue of four entries.
 *
 * <pre>
 *      0  descriptors   4 x 16 bytes
 *     64  available     flags 2 | idx 2 | ring 4 x 2 | used_event 2
 *   4096  used          flags 2 | idx 2 | ring 4 x (id 4, len 4) | avail_event 2
 * </pre>
 */
public interface SmallQueue {

    /** Takes over the memory of a queue: zeroed, little-endian, 8192 bytes. */
    void start(ByteBuffer memory);

    /** Makes the chain that begins at descriptor {@code head} available to the device. */
    void publish(int head);

    /** The id of the next used element, or -1 if the device has used nothing more. */
    int poll();
}
