package org.jvirtio.transport;

import org.jvirtio.EnvironmentException;
import org.jvirtio.LayoutException;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;

/**
 * The queue and vector registers of the legacy layout (virtio 1.4 sections 4.1.4.10, 4.1.5.1 and
 * 2.7.2). Each use selects its queue first.
 *
 * <p>A queue is one block, known to the device by the number of its first page:
 *
 * <pre>
 *   0                16 q                      next multiple of 4096
 *   | descriptors    | available ring | pad    | used ring
 * </pre>
 */
final class LegacyQueues implements VectorRegisters {

    private static final int PAGE_SHIFT = 12;
    private static final long PAGE = 1L << PAGE_SHIFT;
    private static final long MOST_PFN = 0xffffffffL;
    private static final long DESCRIPTOR_BYTES = 16;

    /** Flags, index and used_event of the available ring: its bytes besides the entries. */
    private static final long AVAILABLE_FIXED_BYTES = 6;

    private static final long AVAILABLE_ENTRY_BYTES = 2;

    private final String device;
    private final Registers registers;
    private final MsixEnable msix;
    private final SettledQueues settled = new SettledQueues();

    LegacyQueues(String device, Registers registers, MsixEnable msix) {
        this.device = device;
        this.registers = registers;
        this.msix = msix;
    }

    /** The size that the device has, which is the only one; 0 if there is no such queue. */
    int settleCapacity(int queue, int wanted) {
        SettledQueues.requireQueue(queue, wanted);
        select(queue);
        int capacity = registers.read(LegacyRegister.QUEUE_SIZE);
        if (capacity == 0) {
            return 0;
        }
        if (capacity > SettledQueues.MOST_ENTRIES || Integer.bitCount(capacity) != 1) {
            throw SettledQueues.unusable(device, queue, "has", capacity);
        }
        requireDisabled(queue);
        settled.settle(queue, capacity);
        return capacity;
    }

    /** Writes the page number, with which the queue is enabled. */
    void enable(int queue, QueueAddresses addresses) {
        requireOneBlock(queue, settled.take(queue), addresses);
        long pfn = addresses.descriptors() >>> PAGE_SHIFT;
        if (pfn == 0 || pfn > MOST_PFN) {
            throw new EnvironmentException(
                    String.format(
                            "Enabling queue %d of %s: its memory is at 0x%x, page 0x%x; the legacy"
                                    + " layout has 32 bits for the page number, and 0 means none."
                                    + " Provide memory below 16 TiB, or choose another layout.",
                            queue, device, addresses.descriptors(), pfn));
        }
        select(queue);
        registers.write(LegacyRegister.QUEUE_PFN, (int) pfn);
    }

    @Override
    public int mapConfig(int vector) {
        requireMsix();
        registers.write(LegacyRegister.CONFIG_MSIX_VECTOR, vector);
        return registers.read(LegacyRegister.CONFIG_MSIX_VECTOR);
    }

    @Override
    public int mapQueue(int queue, int vector) {
        requireMsix();
        select(queue);
        registers.write(LegacyRegister.QUEUE_MSIX_VECTOR, vector);
        return registers.read(LegacyRegister.QUEUE_MSIX_VECTOR);
    }

    /** True if queue 0, which every device has, has a page number. */
    boolean isFirstEnabled() {
        select(0);
        return registers.read(LegacyRegister.QUEUE_PFN) != 0;
    }

    /** Forgets everything: the device is reset. */
    void clear() {
        settled.clear();
    }

    private void select(int queue) {
        registers.write(LegacyRegister.QUEUE_SELECT, queue);
    }

    private void requireDisabled(int queue) {
        int pfn = registers.read(LegacyRegister.QUEUE_PFN);
        if (pfn != 0) {
            throw new LayoutException(
                    String.format(
                            "Setting up queue %d of %s: it has page number 0x%x already although"
                                    + " the device was reset. The reset did not reach the queues:"
                                    + " repair the device model.",
                            queue, device, pfn));
        }
    }

    /** Without MSI-X the bytes of the vectors are device configuration: writing would change it. */
    private void requireMsix() {
        if (!msix.now()) {
            throw new EnvironmentException(
                    String.format(
                            "Mapping vectors of %s: MSI-X was enabled, but the function's MSI-X"
                                    + " capability says that it is not, so the legacy layout has no"
                                    + " vector registers now. Use another reach for MSI-X.",
                            device));
        }
    }

    private static void requireOneBlock(int queue, int capacity, QueueAddresses addresses) {
        long start = addresses.descriptors();
        long available = start + DESCRIPTOR_BYTES * capacity;
        long end = available + AVAILABLE_FIXED_BYTES + AVAILABLE_ENTRY_BYTES * capacity;
        long used = (end + PAGE - 1) & -PAGE;
        if ((start & (PAGE - 1)) != 0
                || addresses.driver() != available
                || addresses.device() != used) {
            throw new IllegalArgumentException(
                    String.format(
                            "queue %d of %d entries at 0x%x, 0x%x, 0x%x: a legacy queue is one"
                                    + " block from a multiple of 0x1000 on, here with the rings at"
                                    + " 0x%x and 0x%x (section 2.7.2)",
                            queue,
                            capacity,
                            start,
                            addresses.driver(),
                            addresses.device(),
                            available,
                            used));
        }
    }
}
