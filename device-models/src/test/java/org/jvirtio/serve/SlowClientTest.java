package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.ModelFunction;
import org.jvirtio.vfiouser.Command;

/**
 * A client that does not finish what it sends, or does not read what it is sent, is waited for by
 * the thread of its session alone: whoever else needs the function, such as the thread of a net
 * device's hub, has it.
 */
class SlowClientTest {

    private static final int BAR = 4;
    private static final int BAR_BYTES = 0x4000;

    /** Their answers are more than a socket holds. */
    private static final int MANY = 40;

    private static final long WHILE_NANOS = 500_000_000;

    @TempDir Path directory;

    private final ServedDriver driver = new ServedDriver();
    private final ModelFunction function = EmulatedDevices.served("entropy,layout=virtio1", driver);
    private final EventFd stop = new EventFd();
    private UnixListener listener;
    private RawClient client;
    private Thread thread;

    @BeforeEach
    void serve() {
        driver.vectors(function.interrupts().msixVectors());
        Path path = directory.resolve("socket");
        listener = UnixListener.bind(path);
        client = new RawClient(path);
        UnixSocket accepted = listener.accept(1_000_000_000);
        assertNotNull(accepted);
        thread = new Thread(() -> serve(accepted));
        thread.start();
        client.greet(0, 2);
    }

    private void serve(UnixSocket accepted) {
        try (accepted;
                Session session =
                        new Session(function, driver, listener, accepted, stop, line -> {})) {
            session.run();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        client.close();
        thread.join();
        listener.close();
        function.close();
        stop.close();
    }

    @Test
    void halfAMessageKeepsTheFunctionFromNobody() {
        client.sendHeader(Command.REGION_READ.number(), 32, 0);
        assertTheFunctionIsFree();
    }

    @Test
    void answersThatAreNotReadKeepTheFunctionFromNobody() {
        for (int i = 0; i < MANY; i++) {
            client.socket
                    .out()
                    .copyFrom(
                            0,
                            RawClient.bytes(
                                    RawClient.payload(16).putLong(0).putInt(BAR).putInt(BAR_BYTES)),
                            0,
                            16);
            client.socket.sendCommand(Command.REGION_READ, 16, false);
        }
        assertTheFunctionIsFree();
    }

    private void assertTheFunctionIsFree() {
        long end = System.nanoTime() + WHILE_NANOS;
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> {
                    while (System.nanoTime() - end < 0) {
                        function.locked(() -> {});
                    }
                });
    }
}
