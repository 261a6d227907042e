package org.jvirtio.device;

import org.jvirtio.RunningDevice;

/**
 * Transmits through a device that makes checksums: CSUM was accepted (virtio 1.4 section 5.1.9.2).
 * A class of its own, so that without the feature no frame pays for it.
 */
final class NetChecksumTransmitQueue extends NetTransmitQueue {

    /** Buffers whose header is not zeros. */
    private final boolean[] open;

    /** A method, since the constructor would have this class loaded where it is not wanted. */
    static NetTransmitQueue open(RunningDevice device, int index, NetFraming framing) {
        return new NetChecksumTransmitQueue(device, index, framing);
    }

    private NetChecksumTransmitQueue(RunningDevice device, int index, NetFraming framing) {
        super(device, index, framing);
        open = new boolean[capacity()];
    }

    @Override
    public boolean offerOpen(int buffer, int length, int checksumStart, int checksumOffset) {
        requireOfferable(buffer, length);
        requireInside(length, checksumStart, checksumOffset);
        write(buffer, NetField.NEEDS_CSUM, checksumStart, checksumOffset);
        open[buffer] = true;
        boolean offered = offer(buffer, length);
        if (!offered) {
            clear(buffer);
        }
        return offered;
    }

    /** The next frame in the buffer may be a plain one, and its header is not written then. */
    @Override
    void recycle(int buffer) {
        if (open[buffer]) {
            clear(buffer);
        }
        super.recycle(buffer);
    }

    private void clear(int buffer) {
        write(buffer, 0, 0, 0);
        open[buffer] = false;
    }

    private void write(int buffer, int flags, int start, int offset) {
        long header = header(buffer);
        memory().write8(header + NetField.FLAGS.offset(), flags);
        memory().write16(header + NetField.CSUM_START.offset(), start);
        memory().write16(header + NetField.CSUM_OFFSET.offset(), offset);
    }

    private static void requireInside(int length, int start, int offset) {
        boolean inside =
                start >= NetFraming.ETHERNET_BYTES
                        && offset >= 0
                        && (long) start + offset + InternetChecksum.BYTES <= length;
        if (!inside) {
            throw new IllegalArgumentException(
                    String.format(
                            "sending a frame of %d bytes with a checksum at %d + %d: it is within"
                                    + " the frame, and behind its 14 bytes of header",
                            length, start, offset));
        }
    }
}
