package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.QueueAddresses;
import org.jvirtio.partner.PartnerMemory;

/** Virtio 1.4 sections 2.7 and 2.7.2. */
class SplitQueueMemoryTest {

    @ParameterizedTest
    @CsvSource({
        "2, 4096, 8192",
        "8, 4096, 8192",
        "128, 4096, 8192",
        "256, 8192, 12288",
        "512, 12288, 20480",
        "1024, 20480, 32768",
        "32768, 593920, 860160"
    })
    void liesInOneBlockWithTheUsedRingOnAPage(int capacity, long usedRing, long length) {
        PartnerMemory memory = new PartnerMemory(1 << 20);
        SplitQueueMemory queue = SplitQueueMemory.allocate(memory, capacity, 0);
        QueueAddresses addresses = queue.addresses();

        assertEquals(0, addresses.descriptors() % 4096);
        assertEquals(16L * capacity, addresses.driver() - addresses.descriptors());
        assertEquals(usedRing, addresses.device() - addresses.descriptors());
        assertEquals(length, SplitQueueMemory.length(capacity));
        assertEquals(length, queue.region().length());
    }

    @Test
    void putsTheIndirectTablesBehindTheUsedRing() {
        SplitQueueMemory queue = SplitQueueMemory.allocate(new PartnerMemory(1 << 16), 8, 5);

        assertEquals(8192 + 8 * 5 * 16, queue.region().length());
        assertEquals(queue.addresses().descriptors() + 8192 + 7 * 5 * 16, queue.tableAddress(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 100, 65536})
    void refusesACapacityThatNoSplitQueueHas(int capacity) {
        PartnerMemory memory = new PartnerMemory(1 << 20);

        assertThrows(
                IllegalArgumentException.class,
                () -> SplitQueueMemory.allocate(memory, capacity, 0));
    }
}
