package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.memory.NativeMemory;

/** Agreeing on a version, then requests and their replies (vfio-user, Command Concurrency). */
class ClientSessionTest extends VfioUserTest {

    private static void version(MessageSocket socket, int major, int minor) {
        socket.sendReply(new Version(major, minor, Capabilities.DEFAULTS).write(socket));
    }

    @Test
    void nobodyAtThePathIsAnErrorOfTheEnvironment() {
        Path nowhere = Path.of("/tmp/jvirtio-no-such-socket");
        EnvironmentException missing =
                assertThrows(
                        EnvironmentException.class,
                        () -> VfioUserFunction.open(nowhere, Duration.ofSeconds(1)));
        assertTrue(missing.getMessage().contains("ENOENT"), missing.getMessage());
    }

    @Test
    void theNewestVersionIsProposedAndAnOlderOneTaken() {
        NativeMemory proposed = NativeMemory.allocate(4);
        server.answering(
                Command.VERSION,
                socket -> {
                    proposed.copyFrom(0, socket.received().payload(), 0, 4);
                    version(socket, 0, 0);
                });
        function().close();
        assertEquals(0x0002_0000, proposed.read32(0));
    }

    @Test
    void aNewerVersionThanProposedEndsTheSession() {
        server.answering(Command.VERSION, socket -> version(socket, 0, 3));
        refused(DeviceBrokenException.class, "version 0.3 in answer to version 0.2");
    }

    @Test
    void anotherMajorVersionEndsTheSession() {
        server.answering(Command.VERSION, socket -> version(socket, 1, 0));
        refused(DeviceBrokenException.class, "version 1.0");
    }

    @Test
    void aVersionThatIsRefusedIsAnErrorOfTheEnvironment() {
        server.answering(Command.VERSION, socket -> socket.sendError(Errno.EINVAL));
        refused(EnvironmentException.class, "EINVAL");
    }

    @Test
    void capabilitiesThatAreNoJsonEndTheSession() {
        server.answering(
                Command.VERSION,
                socket -> {
                    int length = new Version(0, 1, Capabilities.DEFAULTS).write(socket);
                    socket.out().write8(VersionField.DATA.offset(), 'x');
                    socket.sendReply(length);
                });
        refused(DeviceBrokenException.class, "capabilities that are none");
    }

    @Test
    void aServerThatHangsUpEndsTheSession() {
        server.answering(Command.DEVICE_GET_INFO, MessageSocket::shutdown);
        refused(DeviceBrokenException.class, "it closed the connection");
    }

    @Test
    void aServerThatDoesNotAnswerIsATimeout() {
        server.answering(Command.DEVICE_GET_INFO, socket -> {});
        long start = System.nanoTime();
        refused(DeviceTimeoutException.class, "no reply to VFIO_USER_DEVICE_GET_INFO");
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void aReplyToAnotherRequestEndsTheSession() {
        server.answering(Command.DEVICE_GET_INFO, socket -> reply(socket, 77, 4));
        refused(DeviceBrokenException.class, "with id 77");
    }

    @Test
    void aReplyToAnotherCommandEndsTheSession() {
        server.answering(
                Command.DEVICE_GET_INFO, socket -> reply(socket, socket.received().id(), 5));
        refused(DeviceBrokenException.class, "a reply to command 5");
    }

    /** Sends an empty reply with any id and command. */
    private static void reply(MessageSocket socket, int id, int command) {
        socket.received().header().write16(HeaderField.MESSAGE_ID.offset(), id);
        socket.received().header().write16(HeaderField.COMMAND.offset(), command);
        socket.sendReply(0);
    }

    @Test
    void aReplyOfNobodysEndsTheSessionThoughWeAskForNothing() {
        server.answering(
                Command.VERSION,
                socket -> {
                    version(socket, 0, 1);
                    socket.sendReply(0);
                });
        try (ClientSession session = server.start().connect()) {
            endsSoon(session);
        }
    }

    @Test
    void aServerThatLeavesIsNoticedThoughWeAskForNothing() {
        try (ClientSession session = server.start().connect()) {
            server.client.shutdown();
            endsSoon(session);
        }
    }

    private static void endsSoon(ClientSession session) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!session.isEnded() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThrows(VirtioException.class, session::requireOpen);
    }

    @Test
    void descriptorsThatBelongToNoAnswerAreClosed() {
        server.answering(
                Command.DEVICE_RESET,
                socket -> {
                    try (MemoryFile file = MemoryFile.create(4096)) {
                        socket.attach(file.descriptor().fd());
                        socket.sendReply(0);
                    }
                });
        try (VfioUserFunction function = function()) {
            function.reset();
            function.reset();
        }
    }
}
