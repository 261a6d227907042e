package org.jvirtio.linux;

import org.jvirtio.memory.NativeMemory;

/**
 * What one sendmsg(2) or recvmsg(2) works on: stretches of memory one after the other, and
 * descriptors that travel with the first byte. Filled anew for each message; allocates nothing.
 *
 * <pre>
 *   msghdr | three iovecs | control: cmsghdr, descriptors
 * </pre>
 */
public final class SocketMessage {

    /** Stretches of one message. */
    private static final int MOST_PIECES = 3;

    private static final int VECTORS = MsgHdr.LENGTH;
    private static final int CONTROL = VECTORS + MOST_PIECES * IoVec.LENGTH;
    private static final int DESCRIPTORS = CONTROL + CmsgHdr.LENGTH;

    private final NativeMemory memory =
            NativeMemory.allocateFor(this, DESCRIPTORS + PassedDescriptors.MOST * Integer.BYTES);

    private int pieces;
    private int first;
    private long left;
    private int descriptors;

    SocketMessage() {}

    /** Forgets everything that was put in. */
    public void clear() {
        pieces = 0;
        first = 0;
        left = 0;
        descriptors = 0;
    }

    /** Adds {@code length} bytes at an {@link NativeMemory#address} to the end. */
    public void piece(long address, long length) {
        if (pieces == MOST_PIECES) {
            throw new IllegalStateException("a message of more than " + MOST_PIECES + " pieces");
        }
        if (length > 0) {
            vector(pieces++, address, length);
            left += length;
        }
    }

    /** Sends a descriptor along; it stays the caller's. */
    public void attach(int fd) {
        if (descriptors == PassedDescriptors.MOST) {
            throw new IllegalStateException(
                    "a message with more than " + PassedDescriptors.MOST + " descriptors");
        }
        memory.write32(DESCRIPTORS + (long) descriptors++ * Integer.BYTES, fd);
    }

    /** How many descriptors go along. */
    public int attached() {
        return descriptors;
    }

    /** Bytes that have not gone yet. */
    long left() {
        return left;
    }

    /** Ready to be sent from where the last call stopped. */
    long toSend() {
        header(descriptors == 0 ? 0 : CmsgHdr.LENGTH + descriptors * Integer.BYTES);
        if (descriptors > 0) {
            control(CmsgHdr.LENGTH + descriptors * Integer.BYTES);
        }
        return memory.address();
    }

    /** Ready to receive, with room for exactly {@code most} descriptors: more are not delivered. */
    long toReceive(int most) {
        header(CmsgHdr.LENGTH + most * Integer.BYTES);
        return memory.address();
    }

    /** Leaves out what has gone; the descriptors went with its first byte. */
    void advance(long count) {
        left -= count;
        descriptors = 0;
        long rest = count;
        while (rest > 0) {
            long at = VECTORS + (long) first * IoVec.LENGTH;
            long length = memory.read64(at + IoVec.BYTES.offset());
            if (rest < length) {
                long base = memory.read64(at + IoVec.BASE.offset());
                vector(first, base + rest, length - rest);
                return;
            }
            rest -= length;
            first++;
        }
    }

    /** Moves the descriptors of what was received; true if there were more than could come. */
    boolean takeDescriptors(PassedDescriptors target) {
        long controlBytes = memory.read64(MsgHdr.CONTROL_LENGTH.offset());
        int flags = memory.read32(MsgHdr.FLAGS.offset());
        if (controlBytes >= CmsgHdr.LENGTH && isRights()) {
            long bytes = memory.read64(CONTROL + CmsgHdr.BYTES.offset()) - CmsgHdr.LENGTH;
            for (long at = 0; at + Integer.BYTES <= bytes; at += Integer.BYTES) {
                target.add(memory.read32(DESCRIPTORS + at));
            }
        }
        return (flags & SocketCalls.MSG_CTRUNC) != 0;
    }

    private boolean isRights() {
        return memory.read32(CONTROL + CmsgHdr.LEVEL.offset()) == CmsgHdr.SOL_SOCKET
                && memory.read32(CONTROL + CmsgHdr.TYPE.offset()) == CmsgHdr.SCM_RIGHTS;
    }

    private void header(int controlBytes) {
        long vectors = memory.address() + VECTORS + (long) first * IoVec.LENGTH;
        memory.write64(MsgHdr.IO_VECTORS.offset(), vectors);
        memory.write64(MsgHdr.IO_VECTOR_COUNT.offset(), pieces - first);
        memory.write64(MsgHdr.CONTROL.offset(), controlBytes == 0 ? 0 : memory.address() + CONTROL);
        memory.write64(MsgHdr.CONTROL_LENGTH.offset(), controlBytes);
        memory.write32(MsgHdr.FLAGS.offset(), 0);
    }

    private void control(int bytes) {
        memory.write64(CONTROL + CmsgHdr.BYTES.offset(), bytes);
        memory.write32(CONTROL + CmsgHdr.LEVEL.offset(), CmsgHdr.SOL_SOCKET);
        memory.write32(CONTROL + CmsgHdr.TYPE.offset(), CmsgHdr.SCM_RIGHTS);
    }

    private void vector(int index, long address, long length) {
        long at = VECTORS + (long) index * IoVec.LENGTH;
        memory.write64(at + IoVec.BASE.offset(), address);
        memory.write64(at + IoVec.BYTES.offset(), length);
    }
}
