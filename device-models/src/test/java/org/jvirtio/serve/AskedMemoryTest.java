package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.Errno;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.DmaAccessField;
import org.jvirtio.vfiouser.MessageSocket;

/**
 * Memory that came without a descriptor: "the server must use VFIO_USER_DMA_READ and
 * VFIO_USER_DMA_WRITE" (vfio-user, VFIO_USER_DMA_MAP). What is no answer ends the session of the
 * client that gave it, and nothing else.
 */
@Timeout(30)
class AskedMemoryTest {

    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int NEEDS_RESET = 0x40;
    private static final int LENGTH = DmaAccessField.LENGTH;

    private final Served served = new Served("entropy");
    private final RawClient client = served.client();
    private final AskedPage page = new AskedPage();

    @AfterEach
    void end() {
        client.close();
        served.close();
        page.close();
    }

    private RawQueue queue(int flags) {
        assertEquals(0, client.map(RawQueue.ADDRESS, AskedPage.LENGTH, flags, 0));
        client.answering(page::answer);
        return new RawQueue(client, page.memory);
    }

    @Test
    void aRequestIsServedThroughMessagesAlone() {
        RawQueue queue = queue(READ | WRITE);
        for (int request = 1; request <= 9; request++) {
            int used = request;
            page.memory.write64(RawQueue.BUFFER, 0);
            page.memory.write64(RawQueue.BUFFER + 8, 0);
            queue.offer(8);
            queue.ring();
            client.serveUntil(() -> queue.used() == used);
            assertNotEquals(0, page.memory.read64(RawQueue.BUFFER));
            assertEquals(0, page.memory.read64(RawQueue.BUFFER + 8), "behind the buffer");
        }
        assertEquals(15, queue.status());
    }

    @Test
    void whatMayOnlyBeReadIsNotWritten() {
        RawQueue queue = queue(READ);
        queue.offer(8);
        queue.ring();
        client.serveUntil(() -> (queue.status() & NEEDS_RESET) != 0);
        assertFalse(page.asked.contains(Command.DMA_WRITE));
        served.awaitTold("has to be asked for 1 of 1 ranges");
    }

    @Test
    void whatMayOnlyBeWrittenIsNotRead() {
        RawQueue queue = queue(WRITE);
        queue.offer(8);
        queue.ring();
        client.serveUntil(() -> (queue.status() & NEEDS_RESET) != 0);
        assertFalse(page.asked.contains(Command.DMA_READ));
    }

    /** Its memory is its own: the device stops, and the client goes on. */
    @Test
    void aClientThatRefusesStopsTheDeviceAndKeepsItsSession() {
        RawQueue queue = queue(READ | WRITE);
        page.answerWrong(Command.DMA_WRITE, socket -> socket.sendError(Errno.EFAULT));
        queue.offer(8);
        queue.ring();
        client.serveUntil(() -> (queue.status() & NEEDS_RESET) != 0);
        served.awaitTold("refuses VFIO_USER_DMA_WRITE of 0x8 bytes at 0x100800: EFAULT");
        served.awaitTold("the device needs a reset");
        assertEquals(0, queue.used());
        assertEquals(0, client.send(Command.DEVICE_RESET, RawClient.payload(0)));
    }

    private static Arguments answer(String found, Command command, Consumer<MessageSocket> answer) {
        return Arguments.of(found, command, answer);
    }

    static Stream<Arguments> noAnswers() {
        return Stream.of(
                answer(
                        "an answer of 0x2 bytes at 0x100103",
                        Command.DMA_READ,
                        socket -> {
                            AskedPage.echo(socket, 1, 0);
                            socket.sendReply(LENGTH + AskedPage.count(socket.received()));
                        }),
                answer(
                        "an answer of 0x3 bytes at 0x100102",
                        Command.DMA_READ,
                        socket -> {
                            AskedPage.echo(socket, 0, 1);
                            socket.sendReply(LENGTH + AskedPage.count(socket.received()) + 1);
                        }),
                answer(
                        "with a payload of 0x11 bytes, which needs 0x12",
                        Command.DMA_READ,
                        socket -> {
                            AskedPage.echo(socket, 0, 0);
                            socket.sendReply(LENGTH + AskedPage.count(socket.received()) - 1);
                        }),
                answer(
                        "with a payload of 0x0 bytes, which needs 0x12",
                        Command.DMA_READ,
                        socket -> socket.sendReply(0)),
                answer(
                        "an answer of 0x7 bytes at 0x100800 to VFIO_USER_DMA_WRITE",
                        Command.DMA_WRITE,
                        socket -> {
                            AskedPage.echo(socket, 0, -1);
                            socket.sendReply(LENGTH);
                        }),
                answer(
                        "with a payload of 0xb bytes, which needs 0xc",
                        Command.DMA_WRITE,
                        socket -> {
                            AskedPage.echo(socket, 0, 0);
                            socket.sendReply(LENGTH - 5);
                        }),
                answer(
                        "a message of 0x200010 bytes",
                        Command.DMA_READ,
                        socket -> {
                            socket.out(1 << 21);
                            socket.sendReply(1 << 21);
                        }),
                answer("it closed the connection", Command.DMA_READ, MessageSocket::shutdown),
                answer(
                        "more than 32 commands, while we wait for a reply",
                        Command.DMA_READ,
                        socket -> {
                            for (int i = 0; i < 33; i++) {
                                socket.sendCommand(Command.DEVICE_RESET, 0, true);
                            }
                        }),
                answer("no reply to VFIO_USER_DMA_READ", Command.DMA_READ, socket -> {}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void whatIsNoAnswerEndsTheSessionAndTheNextClientIsServed(
            String found, Command command, Consumer<MessageSocket> answer) {
        RawQueue queue = queue(READ | WRITE);
        page.answerWrong(command, answer);
        queue.offer(8);
        queue.ring();
        try {
            client.serveUntil(() -> served.log.stream().anyMatch(line -> line.contains("is gone")));
        } catch (VirtioException ended) {
            served.awaitTold("is gone");
        }
        served.awaitTold(found);
        assertTrue(
                served.log.stream().noneMatch(line -> line.contains("defect")),
                () -> "" + served.log);
        try (RawClient next = served.client()) {
            assertEquals(0x1af4, next.get(RawClient.CONFIG, 0, 2));
        }
    }

    /** The text gives the count of an answer four bytes, libvfio-user eight. */
    @Test
    void anAnswerToAWriteMayHaveAShortCount() {
        RawQueue queue = queue(READ | WRITE);
        page.answerWrong(
                Command.DMA_WRITE,
                socket -> {
                    AskedPage.echo(socket, 0, 0);
                    socket.sendReply(LENGTH - 4);
                });
        queue.offer(8);
        queue.ring();
        client.serveUntil(() -> queue.used() == 1);
    }

    /** "Requests are processed in order", also those that came before an answer. */
    @Test
    void commandsThatComeBeforeAnAnswerAreCarriedOutAfterIt() {
        RawQueue queue = queue(READ | WRITE);
        page.answerWrong(
                Command.DMA_WRITE,
                socket -> {
                    for (int version = 0; version < 2; version++) {
                        socket.sendCommand(Command.VERSION, 0, false);
                    }
                    page.answerRight(socket);
                });
        queue.offer(8);
        queue.ring();
        client.serveUntil(() -> queue.used() == 1);
        assertEquals(Errno.EINVAL.number(), client.answer());
        assertEquals(Errno.EINVAL.number(), client.answer());
        assertEquals(15, queue.status());
    }

    @Test
    void aServerThatWaitsForAnAnswerCanBeClosed() {
        RawQueue queue = queue(READ | WRITE);
        page.answerWrong(Command.DMA_READ, socket -> {});
        queue.offer(8);
        queue.ring();
        client.serveUntil(() -> page.asked.contains(Command.DMA_READ));
        long begin = System.nanoTime();
        served.device.close();
        assertTrue(System.nanoTime() - begin < 4_000_000_000L, "seconds until it is closed");
    }
}
