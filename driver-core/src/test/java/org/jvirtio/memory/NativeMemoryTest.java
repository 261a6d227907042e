package org.jvirtio.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who frees memory: the owner of what was allocated, and nobody else. */
class NativeMemoryTest {

    private static final long LENGTH = 1L << 20;

    /** Without the freeing, each round takes new addresses: 1 GiB in all. */
    @Test
    void closedMemoryIsUsedAgain() {
        Set<Long> addresses = new HashSet<>();
        for (int i = 0; i < 1024; i++) {
            try (NativeMemory memory = NativeMemory.allocate(LENGTH)) {
                addresses.add(memory.address());
                assertEquals(0, memory.read8(LENGTH - 1));
                memory.write8(LENGTH - 1, 0xff);
            }
        }
        assertTrue(addresses.size() < 512, addresses.size() + " addresses in 1024 rounds");
    }

    @Test
    void closingASliceLeavesItsMemoryAlone() {
        try (NativeMemory memory = NativeMemory.allocate(4096)) {
            NativeMemory slice = memory.slice(8, 8);
            slice.write64(0, 42);
            slice.close();
            assertEquals(42, memory.read64(8));
        }
    }

    @Test
    void closingTwiceFreesOnce() {
        NativeMemory memory = NativeMemory.allocate(LENGTH);
        memory.close();
        memory.close();
    }
}
