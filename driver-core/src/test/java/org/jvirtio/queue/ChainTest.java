package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Virtio 1.4 sections 2.7.4.2 and 2.7.5.2. */
class ChainTest {

    private final Chain chain = new Chain(3);

    @Test
    void keepsBuffersInOrderAndAddsUpTheRoom() {
        chain.readable(0x1000, 16).writable(0x2000, 512).writable(0x3000, 1);

        assertEquals(3, chain.count());
        assertEquals(0x2000, chain.address(1));
        assertEquals(512, chain.length(1));
        assertFalse(chain.isWritable(0));
        assertTrue(chain.isWritable(1));
        assertEquals(513, chain.writableBytes());
    }

    @Test
    void refusesAReadableBufferAfterAWritableOne() {
        chain.writable(0x1000, 1);

        assertThrows(IllegalStateException.class, () -> chain.readable(0x2000, 1));
    }

    @Test
    void refusesMoreBuffersThanItWasMadeFor() {
        chain.readable(0, 1).readable(0, 1).writable(0, 1);

        assertThrows(IllegalStateException.class, () -> chain.writable(0, 1));
    }

    @Test
    void takesTwoToThe32BytesInAllAndNotOneMore() {
        chain.readable(0, 0xffff_ffffL).writable(0, 1);

        assertThrows(IllegalArgumentException.class, () -> chain.writable(0, 1));
    }

    @Test
    void refusesLengthsThatADescriptorCannotHold() {
        assertThrows(IllegalArgumentException.class, () -> chain.readable(0, 0));
        assertThrows(IllegalArgumentException.class, () -> chain.readable(0, -1));
        assertThrows(IllegalArgumentException.class, () -> chain.readable(0, 1L << 32));
    }

    @Test
    void isEmptyAgainAfterClear() {
        chain.readable(0, 1).writable(0, 1).clear().readable(5, 6);

        assertEquals(1, chain.count());
        assertEquals(0, chain.writableBytes());
        assertFalse(chain.isWritable(0));
    }
}
