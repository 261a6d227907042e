package org.jvirtio.net;

import org.jvirtio.memory.NativeMemory;

/** Where frames that were received go: a kernel's tap interface, for example. */
public interface FrameSink {

    /**
     * Takes one frame, or many segments of one TCP stream that were joined to one long frame; never
     * waits.
     *
     * @param segmentBytes of joined segments, the payload of each but the last, which may have
     *     less; their checksums were right, and where that of TCP would be stands the sum of its
     *     pseudo header. 0 if it is a frame as it came
     * @return false if it does not want it
     */
    boolean write(NativeMemory memory, long offset, int count, int segmentBytes);
}
