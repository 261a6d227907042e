package org.jvirtio.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Connects network models of this process: what one transmits, all others receive, in order.
 *
 * <pre>
 *   model A --transmit--> frames on the wire --wire's thread--> model B, model C
 * </pre>
 *
 * <p>The wire has a thread, because a frame is transmitted under the lock of one function and
 * received under that of another: two drivers that send at once would wait for each other.
 *
 * <p>A hub is made by the first {@link #port} of its name and gone with the last that is closed.
 */
public final class NetHub {

    /** Frames on the wire; what is more is lost, as on an Ethernet. */
    private static final int MOST_FRAMES = 4096;

    private static final Map<String, NetHub> HUBS = new HashMap<>();

    private final String name;
    private final List<HubPort> ports = new ArrayList<>();
    private final Deque<Flight> wire = new ArrayDeque<>();

    /** A frame on the wire, by the port it came from. */
    private static final class Flight {

        private final HubPort from;
        private final byte[] frame;

        Flight(HubPort from, byte[] frame) {
            this.from = from;
            this.frame = frame;
        }
    }

    private NetHub(String name) {
        this.name = name;
    }

    /** A port of the hub of this name, for one model. */
    public static NetBackend port(String name) {
        synchronized (HUBS) {
            NetHub hub = HUBS.get(name);
            if (hub != null) {
                return hub.plug();
            }
            NetHub made = new NetHub(name);
            HUBS.put(name, made);
            NetBackend first = made.plug();
            made.start(); // After the first port: a hub without any is over.
            return first;
        }
    }

    private void start() {
        Thread thread = new Thread(this::carry, "hub " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized NetBackend plug() {
        HubPort port = new HubPort();
        ports.add(port);
        return port;
    }

    /** Takes a port away; the hub is nobody's after the last. */
    private void unplug(HubPort port) {
        synchronized (HUBS) {
            synchronized (this) {
                ports.remove(port);
                if (ports.isEmpty()) {
                    HUBS.remove(name, this);
                }
                notifyAll();
            }
        }
    }

    private synchronized void send(HubPort from, byte[] frame) {
        if (wire.size() < MOST_FRAMES) {
            wire.add(new Flight(from, frame));
            notifyAll();
        }
    }

    private void carry() {
        for (Flight flight = next(); flight != null; flight = next()) {
            for (HubPort port : others(flight.from)) {
                port.model.receive(flight.frame);
            }
        }
    }

    /** The next frame; null once all ports are closed. */
    private synchronized Flight next() {
        while (wire.isEmpty() && !ports.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        return ports.isEmpty() ? null : wire.remove();
    }

    private synchronized List<HubPort> others(HubPort from) {
        return ports.stream().filter(port -> port != from && port.model != null).toList();
    }

    /** Where one model is connected. */
    private final class HubPort implements NetBackend {

        private volatile Port model;

        @Override
        public void connect(Port own) {
            model = own;
        }

        @Override
        public void transmit(byte[] frame) {
            send(this, frame);
        }

        @Override
        public void close() {
            unplug(this);
        }
    }
}
