package org.jvirtio.serve;

import java.util.function.Consumer;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.Errno;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.DmaAccessField;
import org.jvirtio.vfiouser.MessageSocket;
import org.jvirtio.vfiouser.ReceivedMessage;

/**
 * Reads and writes a client's memory by asking it (vfio-user, VFIO_USER_DMA_READ and _WRITE), in
 * pieces that it takes, one after the other. An answer that is none ends the session; one that says
 * no is an answer.
 *
 * <p>Used under the function's lock, without which the session receives and answers over the same
 * socket meanwhile.
 */
final class DmaRequests implements AutoCloseable {

    /** Larger ones save little, and each session has room for one. */
    private static final int LARGEST_PIECE = 1 << 16;

    /** The text has four bytes for the count of a write that was done, libvfio-user has eight. */
    private static final int SHORT_ANSWER = DmaAccessField.COUNT.offset() + Integer.BYTES;

    private final MessageSocket socket;
    private final Runnable whenKept;
    private final Consumer<String> whenEnded;
    private final Consumer<String> told;
    private final int most;
    private final NativeMemory message;

    /**
     * Asks nothing yet.
     *
     * @param socket where the client is asked: the one it commands us by, or its twin
     * @param most bytes of data that the client takes in one message
     * @param whenKept is run when the socket keeps commands that came before an answer
     * @param whenEnded takes the reason if an answer ends the socket's session
     * @param told takes what the client refuses
     */
    DmaRequests(
            MessageSocket socket,
            int most,
            Runnable whenKept,
            Consumer<String> whenEnded,
            Consumer<String> told) {
        this.socket = socket;
        this.most = Math.min(most, LARGEST_PIECE);
        this.whenKept = whenKept;
        this.whenEnded = whenEnded;
        this.told = told;
        message = NativeMemory.allocate((long) DmaAccessField.LENGTH + this.most);
    }

    /** False if the client refuses, or is gone. */
    boolean read(long address, byte[] target, int at, int count) {
        for (int done = 0; done < count; ) {
            int piece = Math.min(most, count - done);
            ReceivedMessage data = ask(Command.DMA_READ, address + done, piece, 0);
            if (data == null) {
                return false;
            }
            data.payload().copyTo(DmaAccessField.DATA.offset(), target, at + done, piece);
            done += piece;
        }
        return true;
    }

    /** False if the client refuses, or is gone; some of it may be written then. */
    boolean write(long address, byte[] source, int at, int count) {
        for (int done = 0; done < count; ) {
            int piece = Math.min(most, count - done);
            message.copyFrom(DmaAccessField.DATA.offset(), source, at + done, piece);
            if (ask(Command.DMA_WRITE, address + done, piece, piece) == null) {
                return false;
            }
            done += piece;
        }
        return true;
    }

    /** Null if the client refuses, or is gone. */
    private ReceivedMessage ask(Command command, long address, int count, int data) {
        if (socket.isEnded()) {
            return null;
        }
        message.write64(DmaAccessField.ADDRESS.offset(), address);
        message.write64(DmaAccessField.COUNT.offset(), count);
        try {
            ReceivedMessage reply = socket.ask(command, message, DmaAccessField.LENGTH + data);
            if (reply.error() == 0) {
                requireAnswer(command, address, count, reply);
                return reply;
            }
            told.accept(
                    String.format(
                            "refuses %s of 0x%x bytes at 0x%x: %s",
                            command, count, address, Errno.describe(-reply.error())));
        } catch (VirtioException e) {
            whenEnded.accept(socket.ended());
        } finally {
            if (socket.keepsCommands()) {
                whenKept.run();
            }
        }
        return null;
    }

    private void requireAnswer(Command command, long address, int count, ReceivedMessage reply) {
        boolean read = command == Command.DMA_READ;
        socket.requirePayload(reply, read ? DmaAccessField.LENGTH + count : SHORT_ANSWER);
        long saidAddress = reply.payload().read64(DmaAccessField.ADDRESS.offset());
        long saidCount = count(reply);
        if (saidAddress != address || saidCount != count) {
            throw socket.fail(
                    String.format(
                            "an answer of 0x%x bytes at 0x%x to %s of 0x%x bytes at 0x%x",
                            saidCount, saidAddress, command, count, address));
        }
    }

    private static long count(ReceivedMessage reply) {
        int at = DmaAccessField.COUNT.offset();
        return reply.payloadLength() < DmaAccessField.LENGTH
                ? reply.payload().read32(at) & 0xffff_ffffL
                : reply.payload().read64(at);
    }

    /** Gives up the buffer; the socket is not its own. */
    @Override
    public void close() {
        message.close();
    }
}
