package org.jvirtio.linux;

import java.lang.ref.Reference;
import org.jvirtio.memory.NativeMemory;

/**
 * A frame on its way from or to a tap interface, in two places: the header that the kernel wants
 * before it ({@link VnetHeader}) is here, the frame where it lies. For one thread.
 */
final class VnetFrame {

    /** Two {@code struct iovec}s, then the header. */
    private static final int HEADER = 2 * IoVec.LENGTH;

    /** Ethernet and IPv4 without options are before the header of TCP. */
    private static final int TCP = 34;

    private static final int TCP_DATA_OFFSET = 12;
    private static final int TCP_CHECKSUM = 16;
    private static final int WORD = 4;

    private final NativeMemory memory = NativeMemory.allocateFor(this, HEADER + VnetHeader.LENGTH);

    VnetFrame() {
        memory.write64(IoVec.BASE.offset(), memory.address() + HEADER);
        memory.write64(IoVec.BYTES.offset(), VnetHeader.LENGTH);
    }

    /** Reads one; its bytes, or a negated error number. */
    long read(Descriptor tap, NativeMemory to, long offset, int most) {
        place(to, offset, most);
        try {
            long count = Libc.readv(tap.fd(), memory.address(), 2);
            return count < 0 ? count : Math.max(count - VnetHeader.LENGTH, 0);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    /** Writes one; true if the kernel took it. */
    boolean write(Descriptor tap, NativeMemory from, long offset, int count, int segmentBytes) {
        place(from, offset, count);
        memory.fill(HEADER, VnetHeader.LENGTH, 0);
        if (segmentBytes > 0) {
            describe(from.read8(offset + TCP + TCP_DATA_OFFSET) >>> 4, segmentBytes);
        }
        try {
            return Libc.writev(tap.fd(), memory.address(), 2) == VnetHeader.LENGTH + count;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void describe(int tcpWords, int segmentBytes) {
        memory.write8(HEADER + VnetHeader.FLAGS.offset(), VnetHeader.NEEDS_CSUM);
        memory.write8(HEADER + VnetHeader.GSO_TYPE.offset(), VnetHeader.GSO_TCPV4);
        memory.write16(HEADER + VnetHeader.HDR_LEN.offset(), TCP + tcpWords * WORD);
        memory.write16(HEADER + VnetHeader.GSO_SIZE.offset(), segmentBytes);
        memory.write16(HEADER + VnetHeader.CSUM_START.offset(), TCP);
        memory.write16(HEADER + VnetHeader.CSUM_OFFSET.offset(), TCP_CHECKSUM);
    }

    private void place(NativeMemory frame, long offset, int bytes) {
        memory.write64(IoVec.LENGTH + IoVec.BASE.offset(), frame.address() + offset);
        memory.write64(IoVec.LENGTH + IoVec.BYTES.offset(), bytes);
    }
}
