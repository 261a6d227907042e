package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvirtio.memory.NativeMemory;

/** Indirect tables in memory that is copied (virtio 1.4 section 2.7.5.3). */
class TableCopyTest {

    private static final int MOST_BYTES = 32768 * 16;

    /** Every byte says where it was. */
    private static final class Asked implements DriverMemory {

        @Override
        public NativeMemory find(long address, long length) {
            return null;
        }

        @Override
        public boolean isCopied(long address, long length) {
            return true;
        }

        @Override
        public boolean read(long address, byte[] target, int at, int count) {
            for (int i = 0; i < count; i++) {
                target[at + i] = (byte) (address + i);
            }
            return true;
        }

        @Override
        public String description() {
            return "memory of a test";
        }
    }

    private final TableCopy table = new TableCopy();

    @Test
    void isWhatTheDriverHas() {
        long at = table.copy(new Asked(), 0x1005, 48);
        for (int i = 0; i < 48; i++) {
            assertEquals(5 + i, new NativeMemory(at, 48).read8(i));
        }
    }

    @Test
    void hasNoPlaceForMoreThanTheLargestQueue() {
        assertNotEquals(0, table.copy(new Asked(), 0, MOST_BYTES));
        assertEquals(0, table.copy(new Asked(), 0, MOST_BYTES + 16));
    }

    /** A driver whose tables grew by one descriptor each time made the server hold 8 GiB. */
    @Test
    void growsAFewTimesHoweverOftenTheTablesGrow() {
        Set<Long> places = new HashSet<>();
        for (int length = 16; length <= MOST_BYTES; length += 16) {
            places.add(table.copy(new Asked(), 0, length));
        }
        assertEquals(16, places.size());
    }
}
