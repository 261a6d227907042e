package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jvirtio.memory.NativeMemory;

/**
 * Buffers of one size with a canary before and behind each: {@code | canary | room | canary | room
 * | canary |}. Whoever writes past a buffer hits one.
 */
final class FencedMemory {

    private static final int CANARY_BYTES = 8;
    private static final long CANARY = 0xdead_c0de_5afe_f00dL;

    private final NativeMemory memory;
    private final int stride;
    private final Deque<Long> free = new ArrayDeque<>();

    /** Fills {@code memory} with buffers of {@code room} bytes, a multiple of 8. */
    FencedMemory(NativeMemory memory, int room) {
        this.memory = memory;
        stride = room + CANARY_BYTES;
        for (long at = 0; at + CANARY_BYTES <= memory.length(); at += stride) {
            memory.write64(at, CANARY);
            if (at + stride + CANARY_BYTES <= memory.length()) {
                free.add(memory.address() + at + CANARY_BYTES);
            }
        }
    }

    /** Bytes for {@code count} buffers and one to spare for each, since offers can be refused. */
    static int bytes(int count, int room) {
        return (2 * count + 8) * (room + CANARY_BYTES) + CANARY_BYTES;
    }

    /** The address of a free buffer. */
    long take() {
        return free.remove();
    }

    void giveBack(long address) {
        free.add(address);
    }

    /** Writes as the device does. */
    void write(long address, long count) {
        memory.fill(address - memory.address(), count, 0x5a);
    }

    void requireWhole() {
        for (long at = 0; at + CANARY_BYTES <= memory.length(); at += stride) {
            assertEquals(CANARY, memory.read64(at), "the canary at " + at);
        }
    }
}
