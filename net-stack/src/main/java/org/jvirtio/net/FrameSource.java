package org.jvirtio.net;

import org.jvirtio.memory.NativeMemory;

/** Where frames to send come from: a kernel's tap interface, for example. */
public interface FrameSource {

    /**
     * Reads one frame into memory, and never waits.
     *
     * @param most bytes of room
     * @return its bytes; 0 if there is none
     */
    int read(NativeMemory memory, long offset, int most);
}
