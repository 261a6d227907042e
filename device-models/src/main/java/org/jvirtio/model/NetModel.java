package org.jvirtio.model;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network device (virtio 1.4 section 5.1), connected to a {@link NetBackend}: pairs of queues, a
 * queue for commands, checksums, and no segmentation.
 *
 * <pre>
 *   0 receive | 1 transmit | 2 receive | 3 transmit | ... | 2N commands
 * </pre>
 *
 * <p>N is the number of pairs where MQ was accepted, otherwise 1.
 */
public final class NetModel implements DeviceModel {

    /** Bytes of the header up to num_buffers, which is there with VERSION_1 or MRG_RXBUF. */
    static final int SHORT_HEADER = 10;

    private static final int LONG_HEADER = 12;

    private static final int TYPE = 1;
    private static final int TRANSITIONAL_ID = 0x1000;

    /** "Ethernet controller". */
    private static final int CLASS = 0x020000;

    private static final int PER_PAIR = 2;

    private final NetBackend backend;
    private final NetOptions options;
    private final NetConfig config;
    private final List<NetReceiver> receivers;
    private final NetSender sender;
    private final NetFilter filter = new NetFilter();
    private final NetSteering steering = new NetSteering();
    private final NetControl control;
    private int flapsLeft;
    private BitSet accepted = new BitSet();
    private int headerBytes = SHORT_HEADER;
    private ModelHost host;

    /** Makes a device; {@link #close} closes {@code backend}. */
    public NetModel(NetBackend backend, NetOptions options) {
        this.backend = backend;
        this.options = options;
        this.config = new NetConfig(options);
        this.receivers = Stream.generate(NetReceiver::new).limit(options.pairs()).toList();
        this.sender = new NetSender(options);
        this.control = new NetControl(filter, options, new Commanded());
        this.flapsLeft = options.flaps();
    }

    /** Pulls the cable or plugs it in while a driver may be running, and tells it. */
    public void link(boolean up) {
        host.locked(
                () -> {
                    config.link(up);
                    host.configChanged();
                });
    }

    /** Asks the driver to tell its peers where it is, if it knows how to (section 5.1.9.5.4). */
    public void announce() {
        host.locked(
                () -> {
                    if (accepted.get(NetBit.GUEST_ANNOUNCE.bit)) {
                        config.announce(true);
                        host.configChanged();
                    }
                });
    }

    @Override
    public void attach(ModelHost function) {
        host = function;
        reset();
        backend.connect(this::received);
    }

    @Override
    public String label() {
        return "net";
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
        return options.features();
    }

    @Override
    public int queueCount() {
        return PER_PAIR * options.pairs() + (options.offersControl() ? 1 : 0);
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public void negotiated(BitSet features) {
        accepted = (BitSet) features.clone();
        boolean version1 = accepted.get(RingBit.VERSION_1.bit);
        boolean merges = accepted.get(NetBit.MRG_RXBUF.bit);
        config.macWritable(!version1);
        headerBytes = version1 || merges ? LONG_HEADER : SHORT_HEADER;
        boolean checksums = accepted.get(NetBit.GUEST_CSUM.bit);
        receivers.forEach(r -> r.settle(headerBytes, merges, checksums, options.leavesOpen()));
        sender.settle(accepted, headerBytes);
        control.negotiated(accepted);
        filter.reset(accepted.get(NetBit.CTRL_VLAN.bit));
    }

    @Override
    public void reset() {
        receivers.forEach(NetReceiver::clear);
        steering.reset();
        config.mac(options.mac());
        config.announce(false);
        negotiated(new BitSet());
    }

    @Override
    public void close() {
        backend.close();
    }

    @Override
    public void serve(int queue, ModelChain chain) {
        if (queue == controlQueue()) {
            control.serve(chain);
            return;
        }
        requirePair(queue);
        checkFraming(chain);
        int pair = queue / PER_PAIR;
        if (queue % PER_PAIR == 0) {
            receivers.get(pair).addBuffer(chain);
            receivers.get(pair).pump();
            if (receivers.get(pair).isIdle()) {
                backend.driverReady();
            }
        } else {
            transmit(pair, chain);
        }
    }

    /** Behind all pairs with MQ, behind the first without it; -1 if there is none. */
    private int controlQueue() {
        if (!accepted.get(NetBit.CTRL_VQ.bit)) {
            return -1;
        }
        return accepted.get(NetBit.MQ.bit) ? PER_PAIR * options.pairs() : PER_PAIR;
    }

    /** The last queue is for commands only, and only if the features say so. */
    private void requirePair(int queue) {
        if (queue >= PER_PAIR * options.pairs()) {
            throw new ProtocolFault(
                    "request on queue "
                            + queue
                            + ", which is for commands, without the features that put it there"
                            + " (section 5.1.2)");
        }
    }

    /** A frame from the other side, on any thread; it is lost if nobody drives the device. */
    private void received(byte[] frame) {
        host.locked(
                () -> {
                    if (config.isLinkUp() && filter.takes(frame, config.mac())) {
                        int pair = steering.pairFor(frame);
                        host.serveNow(PER_PAIR * pair, () -> take(receivers.get(pair), frame));
                    }
                });
    }

    private static void take(NetReceiver receiver, byte[] frame) {
        receiver.addFrame(frame);
        receiver.pump();
    }

    private void transmit(int pair, ModelChain chain) {
        if (pair >= steering.pairs()) {
            chain.complain(
                    String.format(
                            "frame on transmit queue %d of %d in use (section 5.1.9.5.6.1)",
                            pair + 1, steering.pairs()));
        }
        byte[] frame = sender.frame(chain);
        if (frame != null && config.isLinkUp()) {
            steering.sent(frame, Math.min(pair, steering.pairs() - 1));
            backend.transmit(frame);
        }
        chain.complete(0);
        flap();
    }

    /** Pulls the cable and plugs it in, as often as was asked for, at the first frame. */
    private void flap() {
        for (; flapsLeft > 0; flapsLeft--) {
            config.link(false);
            host.configChanged();
            config.link(true);
            host.configChanged();
        }
    }

    /** 5.1.9.6, legacy framing: "a single descriptor for the struct virtio_net_hdr". */
    private void checkFraming(ModelChain chain) {
        boolean free = accepted.get(RingBit.VERSION_1.bit) || accepted.get(RingBit.ANY_LAYOUT.bit);
        if (!free && chain.firstLength() != headerBytes) {
            chain.complain(
                    "the header of a frame is not in a descriptor of its own, and ANY_LAYOUT was"
                            + " not accepted (section 5.1.9.6)");
        }
    }

    /** What commands change beside the filter. */
    private final class Commanded implements NetControl.Target {

        @Override
        public void mac(byte[] address) {
            config.mac(address);
            host.configChanged();
        }

        @Override
        public void announced() {
            config.announce(false);
            host.configChanged();
        }

        @Override
        public void pairs(int count) {
            steering.use(count);
        }
    }
}
