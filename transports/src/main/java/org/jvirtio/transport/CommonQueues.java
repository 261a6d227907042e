package org.jvirtio.transport;

import java.util.concurrent.locks.LockSupport;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.LayoutException;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.Transport;

/**
 * The queue registers of the common structure, and its two vector registers (virtio 1.4 sections
 * 4.1.4.3 and 4.1.5.1). Each use selects its queue first: the selection belongs to nobody.
 */
final class CommonQueues implements VectorRegisters {

    private static final long NAP_NANOS = 100_000;

    private final String device;
    private final Registers registers;
    private final CommonFeatures features;
    private final SettledQueues settled = new SettledQueues();

    CommonQueues(String device, Registers registers, CommonFeatures features) {
        this.device = device;
        this.registers = registers;
        this.features = features;
    }

    /**
     * Asks for a size and uses what the device answers.
     *
     * @return entries, a power of two unless packed rings were accepted; 0 if there is no such
     *     queue
     */
    int settleCapacity(int queue, int wanted) {
        SettledQueues.requireQueue(queue, wanted);
        if (features.accepted(RingFeature.RING_RESET)) {
            requireRegister(CommonRegister.QUEUE_RESET, RingFeature.RING_RESET);
        }
        if (queue >= registers.read(CommonRegister.NUM_QUEUES)) {
            return 0;
        }
        select(queue);
        int most = registers.read(CommonRegister.QUEUE_SIZE);
        if (most == 0) {
            return 0;
        }
        requireUsable(queue, "offers", most);
        requireDisabled(queue);
        int asked = possible(Math.min(wanted, most));
        registers.write(CommonRegister.QUEUE_SIZE, asked);
        int answer = registers.read(CommonRegister.QUEUE_SIZE);
        requireUsable(queue, "was asked for " + asked + " and answers", answer);
        settled.settle(queue, answer);
        return answer;
    }

    /** Hands over the addresses; size and vector were written before, the enable bit is last. */
    void enable(int queue, QueueAddresses addresses) {
        settled.take(queue);
        select(queue);
        registers.write64(CommonRegister.QUEUE_DESC, addresses.descriptors());
        registers.write64(CommonRegister.QUEUE_DRIVER, addresses.driver());
        registers.write64(CommonRegister.QUEUE_DEVICE, addresses.device());
        registers.write(CommonRegister.QUEUE_ENABLE, 1);
    }

    /**
     * Takes one queue from the device and leaves the others alone (section 2.6.1); afterwards it is
     * settled and enabled like a new one.
     *
     * @throws DeviceTimeoutException if the device does not say that it is done
     */
    void reset(int queue) {
        select(queue);
        registers.write(CommonRegister.QUEUE_RESET, 1);
        long start = System.nanoTime();
        // 4.1.4.3.1: the device presents 1 while the reset is ongoing, then 0 in both.
        while (registers.read(CommonRegister.QUEUE_RESET) != 0
                || registers.read(CommonRegister.QUEUE_ENABLE) != 0) {
            if (System.nanoTime() - start > Transport.resetLimit().toNanos()) {
                throw resetIsStuck(queue);
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    /** Where the doorbell of a queue is, in units that the layout knows. */
    int notifyOffset(int queue) {
        select(queue);
        return registers.read(CommonRegister.QUEUE_NOTIFY_OFF);
    }

    /** What to write to the doorbell of a queue (section 4.1.5.2). */
    DoorbellWord doorbellWord(int queue) {
        return new DoorbellWord(
                doorbellValue(queue), features.accepted(RingFeature.NOTIFICATION_DATA));
    }

    private int doorbellValue(int queue) {
        if (!features.accepted(RingFeature.NOTIF_CONFIG_DATA)) {
            return queue;
        }
        requireRegister(CommonRegister.QUEUE_NOTIF_CONFIG_DATA, RingFeature.NOTIF_CONFIG_DATA);
        select(queue);
        return registers.read(CommonRegister.QUEUE_NOTIF_CONFIG_DATA);
    }

    private void requireRegister(CommonRegister register, RingFeature feature) {
        if (registers.length() < register.end()) {
            throw new LayoutException(
                    String.format(
                            "Setting up the queues of %s: %s was offered, but the common structure"
                                    + " ends at 0x%x, before %s. Leave this feature out, or repair"
                                    + " the device model.",
                            device, feature, registers.length(), register));
        }
    }

    private DeviceTimeoutException resetIsStuck(int queue) {
        return new DeviceTimeoutException(
                String.format(
                        "Resetting queue %d of %s: after %d ms queue_reset reads %d and queue_enable"
                                + " %d; both must be 0. Reset the whole device, or raise the limit"
                                + " with -Djvirtio.resetMillis.",
                        queue,
                        device,
                        Transport.resetLimit().toMillis(),
                        registers.read(CommonRegister.QUEUE_RESET),
                        registers.read(CommonRegister.QUEUE_ENABLE)));
    }

    /** The largest size up to {@code entries} that the format permits. */
    private int possible(int entries) {
        return features.accepted(RingFeature.RING_PACKED)
                ? entries
                : Integer.highestOneBit(entries);
    }

    @Override
    public int mapConfig(int vector) {
        registers.write(CommonRegister.CONFIG_MSIX_VECTOR, vector);
        return registers.read(CommonRegister.CONFIG_MSIX_VECTOR);
    }

    @Override
    public int mapQueue(int queue, int vector) {
        select(queue);
        registers.write(CommonRegister.QUEUE_MSIX_VECTOR, vector);
        return registers.read(CommonRegister.QUEUE_MSIX_VECTOR);
    }

    /** True if queue 0, which every device has, is enabled. */
    boolean isFirstEnabled() {
        select(0);
        return registers.read(CommonRegister.QUEUE_ENABLE) != 0;
    }

    /** Forgets everything: the device is reset. */
    void clear() {
        settled.clear();
    }

    private void select(int queue) {
        registers.write(CommonRegister.QUEUE_SELECT, queue);
    }

    private void requireUsable(int queue, String how, int entries) {
        boolean shape =
                Integer.bitCount(entries) == 1 || features.accepted(RingFeature.RING_PACKED);
        if (entries == 0 || entries > SettledQueues.MOST_ENTRIES || !shape) {
            throw SettledQueues.unusable(device, queue, how, entries);
        }
    }

    private void requireDisabled(int queue) {
        int enabled = registers.read(CommonRegister.QUEUE_ENABLE);
        if (enabled != 0) {
            throw new LayoutException(
                    String.format(
                            "Setting up queue %d of %s: it is enabled already (queue_enable is"
                                    + " 0x%04x) although the device was reset. The reset did not"
                                    + " reach the queues: repair the device model.",
                            queue, device, enabled));
        }
    }
}
