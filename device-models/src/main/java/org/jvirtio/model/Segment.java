package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * One descriptor's buffer, found in memory (virtio 1.4 section 2.7.5).
 *
 * @param writable true if the device may write it and must not read it
 */
record Segment(NativeMemory memory, boolean writable) {

    long length() {
        return memory.length();
    }
}
