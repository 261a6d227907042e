package org.jvirtio.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceConfig;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.FeatureSet;
import org.jvirtio.Handshake;
import org.jvirtio.LayoutException;
import org.jvirtio.RunningDevice;
import org.jvirtio.SharedWait;
import org.jvirtio.Transport;
import org.jvirtio.Waiting;

/**
 * A console device (virtio 1.4 section 5.3): one port, or with MULTIPORT many that come and go.
 *
 * <pre>
 *   queue 0 receives, 1 transmits   port 0, the console     {@link ConsolePort}
 *   queue 2 receives, 3 transmits   talk about ports        (with MULTIPORT)
 *   queue 4 receives, 5 transmits   port 1                  {@link ConsolePort}
 *   ...
 * </pre>
 *
 * <p>Thread-safe, unlike the other drivers: who reads a console waits for a person, and others want
 * to write meanwhile. One lock is held during each call and never while waiting. What the device
 * says of its ports is heard whenever somebody calls or waits.
 */
public final class ConsoleDriver implements AutoCloseable {

    /** Ports that get queues; the number that the device says is only a number. */
    public static final int MOST_PORTS = 32;

    private static final int QUEUES_PER_PORT = 2;
    private static final int CONTROL_QUEUES = 2;

    private final RunningDevice device;
    private final SharedWait wait;
    private final ConsoleDrops drops = new ConsoleDrops();
    private final List<ConsolePort> ports = new ArrayList<>();

    /** Without MULTIPORT nothing. */
    private final Optional<ConsoleControl> control;

    /** What the device says it can have. */
    private final long maxNrPorts;

    private boolean closed;

    private ConsoleDriver(RunningDevice device, Waiting waiting) {
        this.device = device;
        for (int id = 0; id < portCount(device.queueCount()); id++) {
            ports.add(new ConsolePort(this, id));
        }
        if (device.has(ConsoleFeature.MULTIPORT)) {
            maxNrPorts = maxNrPorts(device.config());
            control = Optional.of(new ConsoleControl(device, drops, ports, maxNrPorts));
            control.get().say(0, ConsoleEvent.DEVICE_READY, true); // 5.3.6.2.2
        } else {
            maxNrPorts = 1;
            control = Optional.empty();
            ports.get(0).isOnly();
        }
        // Last, for nobody would close it if what is before failed.
        wait = new SharedWait(device, waiting);
    }

    private static int portCount(int queues) {
        return queues == QUEUES_PER_PORT ? 1 : (queues - CONTROL_QUEUES) / QUEUES_PER_PORT;
    }

    /** What the driver asks of a device. */
    public static DriverNeeds needs() {
        return needs(MOST_PORTS);
    }

    /**
     * What it asks of a device that may have many ports.
     *
     * @param ports the most that get queues and can be used, 1 to {@link #MOST_PORTS}
     */
    public static DriverNeeds needs(int ports) {
        if (ports < 1 || ports > MOST_PORTS) {
            throw new IllegalArgumentException(ports + " ports; 1 to " + MOST_PORTS);
        }
        return DriverNeeds.of(DeviceType.CONSOLE, ConsoleFeature.values())
                .wanting(ConsoleFeature.values())
                .withQueues((config, accepted) -> queueCount(config, accepted, ports));
    }

    private static int queueCount(DeviceConfig config, FeatureSet accepted, int ports) {
        if (!accepted.has(ConsoleFeature.MULTIPORT)) {
            return QUEUES_PER_PORT;
        }
        long most = maxNrPorts(config);
        if (most == 0) {
            throw new LayoutException(
                    "starting a console: it offers MULTIPORT and its max_nr_ports is 0; there is at"
                            + " least one. Mend the device model, or refuse MULTIPORT.");
        }
        return CONTROL_QUEUES + QUEUES_PER_PORT * (int) Math.min(most, ports);
    }

    private static long maxNrPorts(DeviceConfig config) {
        return config.fields().read(ConsoleConfig.MAX_NR_PORTS) & 0xffffffffL;
    }

    /** Starts the device; closing the driver closes the transport. */
    public static ConsoleDriver start(Transport transport) {
        return start(transport, needs());
    }

    /** Starts the device with needs of the caller's own, made from {@link #needs}. */
    public static ConsoleDriver start(Transport transport, DriverNeeds needs) {
        return start(transport, needs, Waiting.DEFAULT);
    }

    /** As the other; {@code waiting} says how long to look before sleeping. */
    public static ConsoleDriver start(Transport transport, DriverNeeds needs, Waiting waiting) {
        RunningDevice device = Handshake.run(transport, needs);
        try {
            return new ConsoleDriver(device, waiting);
        } catch (RuntimeException | Error failure) {
            device.abandon(failure);
            throw failure;
        }
    }

    public RunningDevice device() {
        return device;
    }

    /** Everything that was decided on the way here: one sentence each, with its reason. */
    public List<String> decisions() {
        List<String> all = new ArrayList<>(device.decisions());
        all.add(wait.decision());
        if (maxNrPorts > ports.size()) {
            all.add(
                    String.format(
                            "%d of %d ports have queues: more were not asked for",
                            ports.size(), maxNrPorts));
        }
        return all;
    }

    /** How many ports can be used at once: as many as have queues. */
    public int mostPorts() {
        return ports.size();
    }

    /** The ports that are there now. */
    public List<ConsolePort> ports() {
        return served(() -> ports.stream().filter(ConsolePort::isPlugged).toList());
    }

    /**
     * A port that must come: waits until it is there, as long as a request may take. It may still
     * have to be opened; that is harmless if it turns out to be a console.
     */
    public ConsolePort awaitPort(int id) {
        if (id < 0 || id >= ports.size()) {
            throw new IllegalArgumentException(
                    String.format("port %d of a console with %d", id, ports.size()));
        }
        ConsolePort port = ports.get(id);
        Duration limit = Duration.ofMillis(Long.getLong("jvirtio.requestMillis", 10_000));
        if (!await(port::isPlugged, limit)) {
            throw new DeviceTimeoutException(
                    String.format(
                            "waiting for port %d of %s: it was not added for %d ms; there are %s."
                                    + " Give the device such a port, or raise the limit with"
                                    + " -Djvirtio.requestMillis.",
                            id, device.description(), limit.toMillis(), ports()));
        }
        return port;
    }

    /**
     * Waits until something holds, of the ports or of the size: {@code () -> port.isHostOpen()}. It
     * is looked at whenever the device said something; it must not wait.
     *
     * @return false if the limit passed, or this thread was interrupted
     */
    public boolean await(BooleanSupplier condition, Duration limit) {
        lock();
        try {
            return await(() -> serve() || condition.getAsBoolean(), this::arm, limit.toNanos());
        } finally {
            unlock();
        }
    }

    /**
     * The size of the screen of port 0: as the last message told, or else as the configuration
     * says; nothing if neither does. It may change at any time; {@link #await} sees it.
     */
    public Optional<ConsoleSize> size() {
        return served(
                () -> {
                    ConsoleSize told = ports.get(0).toldSize();
                    if (told != null) {
                        return Optional.of(told);
                    }
                    return device.has(ConsoleFeature.SIZE)
                            ? Optional.of(device.config().consistent(this::configuredSize))
                            : Optional.empty();
                });
    }

    private ConsoleSize configuredSize() {
        var fields = device.config().fields();
        return new ConsoleSize(
                fields.read(ConsoleConfig.COLS) & 0xffff, fields.read(ConsoleConfig.ROWS) & 0xffff);
    }

    /**
     * Outputs one byte at once, past every queue (section 5.3.5.1): for last words, when the queues
     * may not work any more.
     *
     * @return false if the device cannot do that
     */
    public boolean emergency(int value) {
        lock();
        try {
            boolean can = !closed && device.has(ConsoleFeature.EMERG_WRITE);
            if (can) {
                device.config().fields().write(ConsoleConfig.EMERG_WR, value & 0xff);
            }
            return can;
        } finally {
            unlock();
        }
    }

    /** How often there was work although no interrupt had come. */
    public long lostInterrupts() {
        return wait.lostInterrupts();
    }

    /** How much of what the device said or brought was ignored, for this reason. */
    public long dropped(ConsoleDrop reason) {
        return drops.of(reason);
    }

    /** How much of what the device said or brought was ignored. */
    public long dropped() {
        return drops.total();
    }

    /** Ends all waits, with exceptions, and closes the device. */
    @Override
    public void close() {
        lock();
        try {
            if (!closed) {
                closed = true;
                wait.close();
                device.close();
            }
        } finally {
            unlock();
        }
    }

    void lock() {
        wait.lock();
    }

    void unlock() {
        wait.unlock();
    }

    void changed() {
        wait.changed();
    }

    boolean await(BooleanSupplier ready, BooleanSupplier arm, long limitNanos) {
        return wait.await(ready, arm, limitNanos);
    }

    /** Hears what the device says; always false, so that it can stand before a condition. */
    boolean serve() {
        requireNotClosed();
        if (control.isPresent()) {
            control.get().serve();
        }
        return false;
    }

    private void requireNotClosed() {
        if (closed) {
            throw new DeviceBrokenException(
                    "using " + device.description() + ": it is closed. Start it again.");
        }
    }

    boolean arm() {
        return control.isPresent() && control.get().arm();
    }

    <T> T served(Supplier<T> look) {
        lock();
        try {
            serve();
            return look.get();
        } finally {
            unlock();
        }
    }

    /** Tells the device something about a port, as soon as it listens. */
    void say(int port, ConsoleEvent event, boolean yes) {
        if (control.isEmpty()) {
            return;
        }
        ConsoleControl talk = control.get();
        long limit = Long.getLong("jvirtio.requestMillis", 10_000);
        if (!await(() -> hasRoom(talk), talk::armForRoom, Duration.ofMillis(limit).toNanos())) {
            throw new DeviceTimeoutException(
                    String.format(
                            "telling %s %s of port %d: it has not read what it was told before for"
                                    + " %d ms. The device is stuck: restart it, or raise the limit"
                                    + " with -Djvirtio.requestMillis.",
                            device.description(), event, port, limit));
        }
        talk.say(port, event, yes);
    }

    /** Whoever closes the driver waits until everybody else has stopped waiting. */
    private boolean hasRoom(ConsoleControl talk) {
        requireNotClosed();
        return talk.hasRoom();
    }

    ConsoleReceiver receiver(int queue) {
        return new ConsoleReceiver(device, queue, drops);
    }

    ConsoleTransmitter transmitter(int queue) {
        return new ConsoleTransmitter(device, queue);
    }
}
