package org.jvirtio.cli.bench;

import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/** Memory of this process for a device in this process: both know it by the same addresses. */
final class OwnMemory implements DmaMemory {

    @Override
    public DmaRegion allocate(long length, long alignment) {
        NativeMemory memory = NativeMemory.allocate(length);
        return new DmaRegion(memory, memory.address(), memory::close);
    }

    @Override
    public String description() {
        return "this process's own";
    }
}
