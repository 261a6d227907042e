package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.jvirtio.memory.DmaRegion;

/** Memory of emulated functions, which come and go by thousands in one process. */
class EmulatedMemoryTest {

    /** Of a length that no other test asks for: what was freed is kept by its length. */
    private static final long LENGTH = 4096 * 977 - 1;

    private static EmulatedMemory memory() {
        return new EmulatedMemory("test memory", 1L << 32, (address, length) -> {});
    }

    private static long place(DmaRegion region) {
        return region.memory().address();
    }

    /** A driver closes its function first, which resets the device, and frees its rings then. */
    @Test
    void whatIsFreedAfterTheFunctionWasClosedIsUsedAgain() {
        EmulatedMemory memory = memory();
        DmaRegion region = memory.allocate(LENGTH, 64);
        memory.close();
        assertNull(memory.find(region.deviceAddress(), 1));
        region.close();

        DmaRegion next = memory().allocate(LENGTH, 64);
        assertEquals(place(region), place(next));
        next.close();
    }

    @Test
    void whatIsFreedTwiceIsUsedOnce() {
        EmulatedMemory memory = memory();
        DmaRegion region = memory.allocate(LENGTH, 64);
        region.close();
        region.close();

        DmaRegion one = memory.allocate(LENGTH, 64);
        DmaRegion other = memory.allocate(LENGTH, 64);
        assertEquals(place(region), place(one));
        assertNotEquals(place(one), place(other));
        one.close();
        other.close();
    }

    /** The device did not confirm its reset and may still write there. */
    @Test
    void whatIsQuarantinedIsNotUsedAgain() {
        EmulatedMemory memory = memory();
        DmaRegion region = memory.allocate(LENGTH, 64);
        memory.quarantine();
        memory.close();
        region.close();

        DmaRegion next = memory().allocate(LENGTH, 64);
        assertNotEquals(place(region), place(next));
        next.close();
    }
}
