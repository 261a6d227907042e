package org.jvirtio.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.DmaAccessField;
import org.jvirtio.vfiouser.MessageSocket;
import org.jvirtio.vfiouser.ReceivedMessage;

/**
 * A page that the server has no descriptor of: its client answers for it (vfio-user,
 * VFIO_USER_DMA_READ and _WRITE), as it should or as a test wants.
 */
final class AskedPage implements AutoCloseable {

    static final int LENGTH = 0x1000;

    final NativeMemory memory = NativeMemory.allocate(LENGTH);
    final List<Command> asked = new ArrayList<>();

    private Command wrongAt;
    private Consumer<MessageSocket> wrong;

    /** The next command of this kind is answered in another way. */
    void answerWrong(Command command, Consumer<MessageSocket> answer) {
        wrongAt = command;
        wrong = answer;
    }

    void answer(MessageSocket socket) {
        Command command = socket.received().command();
        asked.add(command);
        if (command == wrongAt) {
            wrongAt = null;
            wrong.accept(socket);
        } else {
            answerRight(socket);
        }
    }

    void answerRight(MessageSocket socket) {
        ReceivedMessage asks = socket.received();
        long at = address(asks) - RawQueue.ADDRESS;
        int count = count(asks);
        echo(socket, 0, 0);
        if (asks.command() == Command.DMA_READ) {
            socket.sendReply(DmaAccessField.LENGTH, memory, at, count);
        } else {
            memory.copyFrom(at, asks.payload(), DmaAccessField.DATA.offset(), count);
            socket.sendReply(DmaAccessField.LENGTH);
        }
    }

    /** Puts the address and the count that were asked for into the answer, or others. */
    static void echo(MessageSocket socket, long addressOff, long countOff) {
        ReceivedMessage asks = socket.received();
        socket.out(DmaAccessField.LENGTH + LENGTH)
                .write64(DmaAccessField.ADDRESS.offset(), address(asks) + addressOff);
        socket.out().write64(DmaAccessField.COUNT.offset(), count(asks) + countOff);
    }

    static long address(ReceivedMessage asks) {
        return asks.payload().read64(DmaAccessField.ADDRESS.offset());
    }

    static int count(ReceivedMessage asks) {
        return (int) asks.payload().read64(DmaAccessField.COUNT.offset());
    }

    @Override
    public void close() {
        memory.close();
    }
}
