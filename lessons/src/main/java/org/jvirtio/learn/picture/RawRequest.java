package org.jvirtio.learn.picture;

import java.util.Arrays;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.Virtqueue;

/**
 * A block request byte by byte, without the driver that usually makes it (virtio 1.4 section
 * 5.2.6): header, data and status, each with a buffer of its own.
 *
 * <pre>
 *   0     data     512 bytes, the device writes
 *   512   header   type 4 | reserved 4 | sector 8, the device reads
 *   528   status   1 byte, the device writes
 * </pre>
 */
final class RawRequest {

    static final int SECTOR_BYTES = 512;
    static final int HEADER_BYTES = 16;

    private static final int HEADER = SECTOR_BYTES;
    private static final int STATUS = HEADER + HEADER_BYTES;

    /** No status that a device may write. */
    private static final int UNWRITTEN = 0xff;

    /**
     * What came of one.
     *
     * @param status as the device wrote it, or 0xff
     * @param usedLength bytes that the device says it wrote
     */
    @SuppressWarnings("ArrayRecordComponent") // Shown, and never compared.
    record Answer(byte[] header, byte[] data, int status, long usedLength) {}

    private final RunningDevice device;
    private final Virtqueue queue;
    private final DmaRegion buffer;
    private final Chain chain = new Chain(3);

    RawRequest(RunningDevice device) {
        this.device = device;
        queue = device.queue(0);
        buffer = device.allocate(STATUS + 1, SECTOR_BYTES);
    }

    /** The plain ring and direct descriptors, so that there is nothing but the request to see. */
    static DriverNeeds needs() {
        return Needs.of(DeviceType.BLOCK)
                .without(RingFeature.RING_PACKED, RingFeature.INDIRECT_DESC, RingFeature.IN_ORDER);
    }

    /** Reads one sector; type 0 is IN. */
    Answer read(long sector) {
        buffer.memory().fill(0, STATUS, 0);
        buffer.memory().write64(HEADER + 8, sector);
        buffer.memory().write8(STATUS, UNWRITTEN);
        queue.offer(chain(), 0);
        queue.publish();
        queue.ringIfAsked();
        device.awaitUsed(0, "a sector");
        byte[] all = new byte[STATUS];
        buffer.memory().copyTo(0, all, 0, all.length);
        return new Answer(
                Arrays.copyOfRange(all, HEADER, STATUS),
                Arrays.copyOf(all, SECTOR_BYTES),
                buffer.memory().read8(STATUS),
                queue.usedLength());
    }

    private Chain chain() {
        long at = buffer.deviceAddress();
        return chain.clear()
                .readable(at + HEADER, HEADER_BYTES)
                .writable(at, SECTOR_BYTES)
                .writable(at + STATUS, 1);
    }
}
