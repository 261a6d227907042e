package org.jvirtio.device;

import org.jvirtio.RunningDevice;

/**
 * Receives from a device that says something of checksums: GUEST_CSUM was accepted (virtio 1.4
 * section 5.1.9.4). A class of its own, so that without the feature no frame pays for it.
 */
final class NetChecksumReceiveQueue extends NetReceiveQueue {

    private final NetChecksum[] states;
    private final int[] starts;
    private final int[] offsets;

    /** A method, since the constructor would have this class loaded where it is not wanted. */
    static NetReceiveQueue open(RunningDevice device, int index, NetFraming framing) {
        return new NetChecksumReceiveQueue(device, index, framing);
    }

    private NetChecksumReceiveQueue(RunningDevice device, int index, NetFraming framing) {
        super(device, index, framing);
        states = new NetChecksum[capacity()];
        starts = new int[capacity()];
        offsets = new int[capacity()];
    }

    @Override
    public NetChecksum checksum(int index) {
        length(index);
        return states[index];
    }

    @Override
    public int copyTo(int index, byte[] target, int offset) {
        int length = super.copyTo(index, target, offset);
        if (states[index] == NetChecksum.LEFT_OPEN) {
            InternetChecksum.finish(target, offset, length, starts[index], offsets[index]);
        }
        return length;
    }

    /** The header is read once, and only what is inside the frame is kept of it. */
    @Override
    boolean isSound(int index, long header, int length) {
        int flags = read(NetField.FLAGS, header);
        boolean open = (flags & NetField.NEEDS_CSUM) != 0;
        // 5.1.9.4.1: the two fields mean something only with the flag.
        int start = open ? read(NetField.CSUM_START, header) : 0;
        int offset = open ? read(NetField.CSUM_OFFSET, header) : 0;
        boolean inside =
                start >= NetFraming.ETHERNET_BYTES
                        && start + offset + InternetChecksum.BYTES <= length;
        starts[index] = start;
        offsets[index] = offset;
        states[index] = state(flags);
        // 5.1.9.4.1: a device has no other type, unless a feature of segments was accepted.
        return read(NetField.GSO_TYPE, header) == NetField.GSO_NONE && (inside || !open);
    }

    private static NetChecksum state(int flags) {
        if ((flags & NetField.NEEDS_CSUM) != 0) {
            return NetChecksum.LEFT_OPEN;
        }
        return (flags & NetField.DATA_VALID) != 0 ? NetChecksum.VALID : NetChecksum.UNCHECKED;
    }

    private int read(NetField field, long header) {
        long at = header + field.offset();
        return field.width() == 1 ? memory().read8(at) : memory().read16(at) & 0xffff;
    }
}
