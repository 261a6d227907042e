package org.jvirtio.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A console device (virtio 1.4 section 5.3) of one port, or of many with MULTIPORT, each connected
 * to a {@link ConsoleBackend}. Port 0 is the console.
 *
 * <pre>
 *   queue 0 receive, 1 transmit of port 0      2 control receive, 3 control transmit
 *   queue 4 receive, 5 transmit of port 1      ...
 * </pre>
 */
public final class ConsoleModel implements DeviceModel {

    private static final int TYPE = 3;
    private static final int TRANSITIONAL_ID = 0x1003;

    /** "Communication controller, other", as QEMU has it. */
    private static final int CLASS = 0x078000;

    private final ConsoleOptions options;
    private final ConsoleConfig config;
    private final IntFunction<ConsoleBackend> backends;
    private final List<ConsolePort> ports = new ArrayList<>();
    private ConsoleControl control;
    private ModelHost host;
    private boolean multiport;

    /**
     * Makes a device.
     *
     * @param backends gives each port, by its number, what it is connected to; {@link #close}
     *     closes them
     */
    public ConsoleModel(IntFunction<ConsoleBackend> backends, ConsoleOptions options) {
        this.backends = backends;
        this.options = options;
        this.config = new ConsoleConfig(options, value -> ports.get(0).emergency(value));
    }

    /** Changes the size of the screen while a driver may be running, and tells it. */
    public void resize(int cols, int rows) {
        host.locked(
                () -> {
                    config.size(cols, rows);
                    if (multiport) {
                        control.resize(cols, rows);
                    } else {
                        host.configChanged();
                    }
                });
    }

    /** Plugs a port in or out while a driver may be running, and tells it. */
    public void plug(int port, boolean in) {
        host.locked(() -> control.plug(ports.get(port).id, in));
    }

    @Override
    public void attach(ModelHost function) {
        host = function;
        // One by one, so that close() finds those before one that cannot be opened.
        for (int id = 0; id < options.ports(); id++) {
            ports.add(port(id));
        }
        control = new ConsoleControl(ports, host);
        reset();
        ports.forEach(ConsolePort::connect);
    }

    private ConsolePort port(int id) {
        return new ConsolePort(id, backends.apply(id), host, () -> control.hostMoved(id));
    }

    @Override
    public String label() {
        return "console";
    }

    @Override
    public int typeId() {
        return TYPE;
    }

    @Override
    public int classCode() {
        return CLASS;
    }

    @Override
    public int transitionalId() {
        return TRANSITIONAL_ID;
    }

    @Override
    public BitSet features() {
        BitSet offered = FeatureBits.of(ConsoleBit.EMERG_WRITE.bit);
        offered.set(ConsoleBit.SIZE.bit, options.offersSize());
        offered.set(ConsoleBit.MULTIPORT.bit, options.offersMultiport());
        return offered;
    }

    @Override
    public int queueCount() {
        return options.offersMultiport() ? 2 + 2 * options.ports() : 2;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public void negotiated(BitSet accepted) {
        multiport = accepted.get(ConsoleBit.MULTIPORT.bit);
        // Without PORT_OPEN nobody says so: the one port is open then.
        ports.get(0).driverOpen(!multiport);
    }

    @Override
    public void reset() {
        control.reset();
        ports.forEach(ConsolePort::clear);
        ports.forEach(port -> port.driverOpen(false));
        negotiated(new BitSet());
    }

    @Override
    public void close() {
        ports.forEach(ConsolePort::close);
    }

    @Override
    public void serve(int queue, ModelChain chain) {
        if (queue > 1 && !multiport) {
            throw new ProtocolFault(
                    "request on queue " + queue + " without MULTIPORT (section 5.3.2)");
        }
        requireDirection(queue, chain);
        if (queue == ConsoleControl.RECEIVE || queue == ConsoleControl.TRANSMIT) {
            control.serve(queue, chain);
            return;
        }
        ConsolePort port = ports.get(queue < 2 ? 0 : queue / 2 - 1);
        if (queue == port.receiveQueue()) {
            port.addBuffer(chain);
        } else {
            port.addOutput(chain);
        }
    }

    /** 5.3.6.1: nothing readable in a receive queue, nothing writable in a transmit queue. */
    private static void requireDirection(int queue, ModelChain chain) {
        boolean receives = queue % 2 == 0;
        long wrong = receives ? chain.readableLength() : chain.writableLength();
        if (wrong > 0) {
            throw new ProtocolFault(
                    String.format(
                            "console request with %d readable and %d writable bytes on queue %d,"
                                    + " which takes %s ones only (section 5.3.6.1)",
                            chain.readableLength(),
                            chain.writableLength(),
                            queue,
                            receives ? "writable" : "readable"));
        }
    }
}
