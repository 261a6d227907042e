package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.linux.EventFd;
import org.jvirtio.memory.NativeMemory;

/** {@code struct vfio_irq_set}, word by word as the header describes it. */
class IrqSetTest {

    private static void assertWords(NativeMemory set, int... words) {
        assertEquals(4L * words.length, set.length());
        for (int i = 0; i < words.length; i++) {
            assertEquals(words[i], set.read32(4L * i), "word " + i);
        }
    }

    @Test
    void deliveryNamesOneDescriptorPerVector() {
        try (EventFd first = new EventFd();
                EventFd second = new EventFd()) {
            assertWords(
                    IrqSet.deliver(IrqIndex.MSIX, List.of(first, second)),
                    28,
                    4 | 32,
                    2,
                    0,
                    2,
                    first.fd(),
                    second.fd());
        }
    }

    @Test
    void turningOffIsATriggerOfNothing() {
        assertWords(IrqSet.off(IrqIndex.INTX), 20, 1 | 32, 0, 0, 0);
    }

    @Test
    void unmaskingHasNoData() {
        assertWords(IrqSet.unmask(IrqIndex.INTX, this), 20, 1 | 16, 0, 0, 1);
    }
}
