package org.jvirtio.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * The conversation about the ports of a console model (virtio 1.4 section 5.3.6.2):
 *
 * <pre>
 *   driver  DEVICE_READY                PORT_READY                                    PORT_OPEN
 *   device                DEVICE_ADD                CONSOLE_PORT PORT_NAME PORT_OPEN
 * </pre>
 *
 * <p>What a driver says about a port that it was never told of is written down and ignored. Used
 * under the function's lock.
 */
final class ConsoleControl {

    static final int RECEIVE = 2;
    static final int TRANSMIT = 3;

    private final List<ConsolePort> ports;
    private final ModelHost host;
    private final ConsoleMessages messages = new ConsoleMessages();

    /**
     * Ports that are plugged in, and those of them that the driver was told of, or is ready for.
     */
    private final BitSet present = new BitSet();

    private final BitSet announced = new BitSet();
    private final BitSet ready = new BitSet();
    private boolean driverReady;

    ConsoleControl(List<ConsolePort> ports, ModelHost host) {
        this.ports = ports;
        this.host = host;
        present.set(0, ports.size());
    }

    void reset() {
        messages.clear();
        announced.clear();
        ready.clear();
        driverReady = false;
    }

    void serve(int queue, ModelChain chain) {
        if (queue == RECEIVE) {
            messages.addBuffer(chain);
        } else {
            heard(chain);
            chain.complete(0);
        }
        tell();
    }

    /** Plugs a port in or out, and tells a driver that is ready for it. */
    void plug(int port, boolean in) {
        present.set(port, in);
        if (driverReady && in) {
            announce(port);
        } else if (announced.get(port) && !in) {
            announced.clear(port);
            ready.clear(port);
            ports.get(port).driverOpen(false);
            messages.add(port, ConsoleEvent.DEVICE_REMOVE, 1);
        }
        tell();
    }

    /** Somebody came to the other end of a port, or left it. */
    void hostMoved(int port) {
        if (ready.get(port)) {
            sayOpen(port);
            tell();
        }
    }

    /** The size of the screen of port 0. */
    void resize(int cols, int rows) {
        if (ready.get(0)) {
            ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            size.putShort((short) cols).putShort((short) rows);
            messages.add(0, ConsoleEvent.RESIZE, 0, size.array());
            tell();
        }
    }

    private void heard(ModelChain chain) {
        if (chain.readableLength() < ConsoleMessages.HEADER_BYTES) {
            chain.complain(
                    "control message of " + chain.readableLength() + " bytes (section 5.3.6.2)");
            return;
        }
        byte[] bytes = new byte[ConsoleMessages.HEADER_BYTES];
        chain.read(0, bytes, bytes.length);
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        heard(chain, message.getInt(), message.getShort() & 0xffff, message.getShort() == 1);
    }

    private void heard(ModelChain chain, int port, int number, boolean yes) {
        ConsoleEvent event = ConsoleEvent.of(number).orElse(null);
        boolean known = port >= 0 && announced.get(port);
        if (event == ConsoleEvent.DEVICE_READY) {
            deviceReady(yes);
        } else if (event == ConsoleEvent.PORT_READY && known) {
            portReady(port, yes);
        } else if (event == ConsoleEvent.PORT_OPEN && known) {
            ports.get(port).driverOpen(yes);
        } else {
            chain.complain(
                    String.format(
                            "control message %d of port 0x%x: %s (section 5.3.6.2)",
                            number,
                            port,
                            known ? "no driver sends it" : "the driver was told of no such port"));
        }
    }

    private void deviceReady(boolean yes) {
        if (yes && !driverReady) {
            present.stream().forEach(this::announce);
        }
        driverReady = yes;
    }

    private void announce(int port) {
        if (!announced.get(port)) {
            announced.set(port);
            messages.add(port, ConsoleEvent.DEVICE_ADD, 1);
        }
    }

    private void portReady(int port, boolean yes) {
        ready.set(port, yes);
        if (!yes) {
            return;
        }
        if (port == 0) {
            messages.add(port, ConsoleEvent.CONSOLE_PORT, 1);
        }
        byte[] name = ("jvirtio." + port).getBytes(StandardCharsets.UTF_8);
        messages.add(port, ConsoleEvent.PORT_NAME, 1, name);
        sayOpen(port);
    }

    private void sayOpen(int port) {
        messages.add(port, ConsoleEvent.PORT_OPEN, ports.get(port).isHostOpen() ? 1 : 0);
    }

    private void tell() {
        host.serveNow(RECEIVE, messages::pump);
    }
}
