package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.memory.NativeMemory;

/**
 * A message of the other end: its header, what came behind that, and the descriptors beside it. Its
 * size was checked; what else it says is whatever the other end says. Not thread-safe.
 */
public final class ReceivedMessage implements AutoCloseable {

    /** The first buffer; more comes with the first message that needs it. */
    static final int USUAL_PAYLOAD = 4096;

    private final NativeMemory header = NativeMemory.allocateFor(this, HeaderField.LENGTH);
    private final PassedDescriptors descriptors = new PassedDescriptors();
    private final List<NativeMemory> outgrown = new ArrayList<>();
    private NativeMemory payload = NativeMemory.allocate(USUAL_PAYLOAD);
    private int payloadLength;

    ReceivedMessage() {}

    /** Chosen by its sender; a reply has that of its command. */
    public int id() {
        return header.read16(HeaderField.MESSAGE_ID.offset());
    }

    public int commandNumber() {
        return header.read16(HeaderField.COMMAND.offset());
    }

    /** Null if there is no command of that number. */
    public Command command() {
        return Command.of(commandNumber());
    }

    public boolean isReply() {
        return (flags() & HeaderField.TYPE_MASK) == HeaderField.TYPE_REPLY;
    }

    /** Whether it is a command that is to be answered. */
    public boolean wantsReply() {
        return !isReply() && (flags() & HeaderField.FLAG_NO_REPLY) == 0;
    }

    /** The error number of a reply; 0 if it has none. One that says not which has EIO. */
    public int error() {
        if (!isReply() || (flags() & HeaderField.FLAG_ERROR) == 0) {
            return 0;
        }
        int error = header.read32(HeaderField.ERROR.offset());
        return error > 0 ? error : Errno.EIO.number();
    }

    /** What came behind the header; only {@link #payloadLength} bytes of it are of this message. */
    public NativeMemory payload() {
        return payload;
    }

    public int payloadLength() {
        return payloadLength;
    }

    /** What came with it; whatever nobody took is closed before the next message. */
    public PassedDescriptors descriptors() {
        return descriptors;
    }

    NativeMemory header() {
        return header;
    }

    int flags() {
        return header.read32(HeaderField.FLAGS.offset());
    }

    /** What the header says, header included. */
    long size() {
        return header.read32(HeaderField.SIZE.offset()) & 0xffff_ffffL;
    }

    /** Room for a payload; what was there before is lost. */
    NativeMemory room(int bytes) {
        if (payload.length() < bytes) {
            payload = larger(payload, bytes, outgrown);
        }
        return payload;
    }

    void payloadLength(int bytes) {
        payloadLength = bytes;
    }

    /** Forgets what came, so that the next message can. */
    void clear() {
        descriptors.closeRest();
        payloadLength = 0;
    }

    @Override
    public void close() {
        clear();
        payload.close();
        outgrown.forEach(NativeMemory::close);
    }

    /** Doubled, so that what is outgrown is less than what is used, and kept: it may be in use. */
    static NativeMemory larger(NativeMemory buffer, int atLeast, List<NativeMemory> outgrown) {
        outgrown.add(buffer);
        return NativeMemory.allocate(Long.highestOneBit(atLeast - 1L) << 1);
    }
}
