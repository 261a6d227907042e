package org.jvirtio.serve;

import java.time.Duration;
import java.util.function.Consumer;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.DescriptorWatch;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.model.ModelFunction;
import org.jvirtio.vfiouser.Capabilities;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.DmaAccessField;
import org.jvirtio.vfiouser.MessageSocket;
import org.jvirtio.vfiouser.RegionAccessField;
import org.jvirtio.vfiouser.Version;

/**
 * One client of one device, from its version to its end. Its messages are carried out in order;
 * between them the queues are served whose doorbells rang. Whoever else connects meanwhile is
 * turned away (vfio-user: "one client per socket").
 *
 * <p>For one thread.
 */
final class Session implements AutoCloseable {

    /** The longest that the first message may take to come, and any to end. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int MESSAGE = 0;
    private static final int STOP = 1;
    private static final int ANOTHER = 2;
    private static final int KEPT = 3;
    private static final int DOORBELLS = 4;

    /** What a model keeps back is given back when nothing came for this long. */
    private static final long QUIET_NANOS = 1_000_000;

    private final ModelFunction function;
    private final ServedDriver driver;
    private final OtherClients others;
    private final SessionLog log;
    private final MessageSocket socket;
    private final EventFd kept = new EventFd();
    private final DescriptorWatch watch = watch(kept);
    private volatile MessageSocket twin;
    private DmaRequests requests;
    private Doorbells doorbells;
    private DeviceCommands commands;
    private boolean stopped;

    /**
     * Takes over a connection.
     *
     * @param stop raised when the session is to end
     */
    Session(
            ModelFunction function,
            ServedDriver driver,
            UnixListener listener,
            UnixSocket client,
            EventFd stop,
            Consumer<String> log) {
        this.function = function;
        this.driver = driver;
        this.log = new SessionLog(log);
        socket = new MessageSocket(client, "the client", LIMIT);
        socket.allowPayload(RegionAccessField.LENGTH + DeviceCommands.OURS.maxDataXferSize());
        socket.allowDescriptors(DeviceCommands.OURS.maxMsgFds());
        watch.add(stop.fd(), STOP);
        watch.add(client.fd(), MESSAGE);
        watch.add(kept.fd(), KEPT);
        others = new OtherClients(listener, watch, ANOTHER, this.log);
    }

    private static DescriptorWatch watch(EventFd kept) {
        try {
            return new DescriptorWatch();
        } catch (EnvironmentException e) {
            kept.close();
            throw e;
        }
    }

    /** Serves until the client leaves, breaks the protocol, or the server is to end. */
    void run() {
        try {
            greet();
            serve();
            log.end("is turned away: the server ends");
        } catch (DeviceBrokenException | DeviceTimeoutException e) {
            if (!socket.isEnded()) {
                throw e;
            }
            log.end("is gone: " + socket.ended());
        }
    }

    private void serve() {
        while (!stopped) {
            boolean keeps = function.keepsRequests();
            int ready = watch.await(keeps ? QUIET_NANOS : others.patienceNanos());
            boolean runs = ready > 1 && function.isRunning(); // One needs no order.
            handle(ready, runs);
            handle(ready, !runs);
            others.lookAgain();
            if (ready == 0) {
                function.run();
            } else {
                function.serve();
            }
            log.complaints(function.complaints().take());
        }
    }

    /** Ends the connection from another thread: whatever is waited for does not come any more. */
    void shutdown() {
        MessageSocket other = twin;
        socket.shutdown();
        if (other != null) {
            other.shutdown();
        }
    }

    @Override
    public void close() {
        function.locked(() -> driver.memory().ask(null));
        socket.close();
        if (twin != null) {
            twin.close();
        }
        if (doorbells != null) {
            doorbells.close();
            requests.close();
        }
        watch.close();
        kept.close();
    }

    /**
     * Of what is ready the doorbells, or all else. Which came first cannot be seen. A doorbell is
     * for a device that runs: it rang before the message that stops it, and after the one that
     * starts it, for which the client may not have waited.
     */
    private void handle(int ready, boolean rang) {
        for (int i = 0; i < ready; i++) {
            int tag = watch.tag(i);
            if (tag >= DOORBELLS == rang) {
                handle(tag);
            }
        }
    }

    private void handle(int tag) {
        switch (tag) {
            case MESSAGE -> messages();
            case KEPT -> {
                kept.take();
                messages();
            }
            case STOP -> stopped = true;
            case ANOTHER -> others.turnAway();
            default -> doorbells.rang(tag);
        }
    }

    /** "The client sends VERSION first"; the minor of the answer is not above the one proposed. */
    private void greet() {
        if (!socket.receive(LIMIT.toNanos())) {
            throw socket.late("it has said nothing");
        }
        if (socket.received().command() != Command.VERSION || socket.received().isReply()) {
            throw socket.fail("its first message is command " + socket.received().commandNumber());
        }
        Version theirs = Version.read(socket);
        if (theirs.major() != Version.MAJOR) {
            socket.sendError(Errno.EINVAL);
            throw socket.fail(
                    "it speaks version " + theirs.number() + ", and this is " + Version.MAJOR);
        }
        Capabilities capabilities = theirs.capabilities();
        answer(capabilities, Math.min(theirs.minor(), Version.MINOR));
        requests = askable(capabilities);
        function.locked(() -> driver.memory().ask(requests));
        doorbells = new Doorbells(function, capabilities.maxMsgFds(), watch, DOORBELLS);
        commands = new DeviceCommands(function, driver, doorbells, socket, capabilities);
    }

    /** With a twin socket, if the client takes one: what we ask never meets what it commands. */
    private void answer(Capabilities theirs, int minor) {
        if (!theirs.twinSocket() || theirs.maxMsgFds() == 0) {
            say(new Version(Version.MAJOR, minor, DeviceCommands.OURS));
            return;
        }
        UnixSocket.Pair pair = UnixSocket.pair();
        try (UnixSocket other = pair.second()) {
            twin = new MessageSocket(pair.first(), "the client, on its twin socket", LIMIT);
            twin.allowPayload(DmaAccessField.LENGTH + DeviceCommands.OURS.maxDataXferSize());
            socket.attach(other.fd());
            say(new Version(Version.MAJOR, minor, DeviceCommands.OURS.withTwin(0)));
        }
    }

    private void say(Version agreed) {
        socket.sendReply(agreed.write(socket));
        log.say("speaks version " + agreed.number());
    }

    private DmaRequests askable(Capabilities theirs) {
        return twin == null
                ? new DmaRequests(
                        socket, theirs.maxDataXferSize(), kept::signal, why -> {}, log::say)
                : new DmaRequests(
                        twin,
                        theirs.maxDataXferSize(),
                        () -> socket.fail("a command on its twin socket"),
                        why -> socket.fail("on its twin socket " + why),
                        log::say);
    }

    /** All that came; each command takes the function's lock only for what it does there. */
    private void messages() {
        do {
            message();
        } while (socket.keepsCommands());
    }

    private void message() {
        if (!socket.receive(0)) {
            return;
        }
        if (socket.received().isReply()) {
            throw socket.fail("a reply to a request that nobody made");
        }
        Command command = socket.received().command();
        try {
            if (command == null) {
                throw Refusal.invalid(
                        String.format("there is no command %d", socket.received().commandNumber()));
            }
            requireDescriptors();
            commands.perform(command);
        } catch (Refusal e) {
            log.refused(command == null ? "a message" : command.toString(), e.getMessage());
            socket.sendError(e.errno());
        }
        socket.received().descriptors().closeRest(); // not only when the next message comes
    }

    private void requireDescriptors() throws Refusal {
        if (socket.received().descriptors().areLost()) {
            throw new Refusal(
                    Errno.EMFILE,
                    "its descriptors are more than this process may open (ulimit -n)");
        }
    }
}
