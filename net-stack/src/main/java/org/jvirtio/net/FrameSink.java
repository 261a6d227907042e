package org.jvirtio.net;

import org.jvirtio.memory.NativeMemory;

/** Where frames that were received go: a kernel's tap interface, for example. */
public interface FrameSink {

    /** Takes one frame, and never waits; false if it does not want it. */
    boolean write(NativeMemory memory, long offset, int count);
}
