package org.jvirtio.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A network device (virtio 1.4 section 5.1) with one pair of queues and no offloads, connected to a
 * {@link NetBackend}. Every frame that is sent is checked as a careful device would.
 */
public final class NetModel implements DeviceModel {

    /** Bytes of the header up to num_buffers, which is there with VERSION_1 or MRG_RXBUF. */
    static final int SHORT_HEADER = 10;

    private static final int LONG_HEADER = 12;

    private static final int TYPE = 1;
    private static final int TRANSITIONAL_ID = 0x1000;

    /** "Ethernet controller". */
    private static final int CLASS = 0x020000;

    private static final int RECEIVE = 0;
    private static final int QUEUES = 2;
    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;

    private final NetBackend backend;
    private final NetOptions options;
    private final NetConfig config;
    private final NetReceiver receiver = new NetReceiver();
    private BitSet accepted = new BitSet();
    private int headerBytes = SHORT_HEADER;
    private ModelHost host;

    /** Makes a device; {@link #close} closes {@code backend}. */
    public NetModel(NetBackend backend, NetOptions options) {
        this.backend = backend;
        this.options = options;
        this.config = new NetConfig(options);
    }

    /** Pulls the cable or plugs it in while a driver may be running, and tells it. */
    public void link(boolean up) {
        host.locked(
                () -> {
                    config.link(up);
                    host.configChanged();
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
        BitSet offered = new BitSet();
        offered.set(NetBit.MAC.bit, options.offersMac());
        offered.set(NetBit.MTU.bit, options.mtu() > 0);
        offered.set(NetBit.STATUS.bit, options.offersStatus());
        offered.set(NetBit.MRG_RXBUF.bit, options.offersMergeable());
        return offered;
    }

    @Override
    public int queueCount() {
        return QUEUES;
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
        receiver.settle(headerBytes, merges);
    }

    @Override
    public void reset() {
        receiver.clear();
        negotiated(new BitSet());
    }

    @Override
    public void close() {
        backend.close();
    }

    @Override
    public void serve(int queue, ModelChain chain) {
        checkFraming(chain);
        if (queue == RECEIVE) {
            receiver.addBuffer(chain);
            receiver.pump();
            if (receiver.isIdle()) {
                backend.driverReady();
            }
        } else {
            transmit(chain);
        }
    }

    /** A frame from the other side, on any thread; it is lost if nobody drives the device. */
    private void received(byte[] frame) {
        host.locked(
                () -> {
                    if (config.isLinkUp()) {
                        host.serveNow(RECEIVE, () -> take(frame));
                    }
                });
    }

    private void take(byte[] frame) {
        receiver.addFrame(frame);
        receiver.pump();
    }

    private void transmit(ModelChain chain) {
        long length = chain.readableLength() - headerBytes;
        if (chain.writableLength() > 0 || length < 0) {
            throw new ProtocolFault(
                    String.format(
                            "frame to send with %d readable and %d writable bytes; it needs a"
                                    + " readable header of %d and nothing writable (section"
                                    + " 5.1.9.2)",
                            chain.readableLength(), chain.writableLength(), headerBytes));
        }
        checkHeader(chain);
        boolean sent = length >= ETHERNET_HEADER && length <= longest();
        if (!sent) {
            chain.complain(
                    String.format(
                            "frame of %d bytes is not sent; it has %d to %d (section 5.1.4.2)",
                            length, ETHERNET_HEADER, longest()));
        }
        if (sent && config.isLinkUp()) {
            byte[] bytes = new byte[headerBytes + (int) length];
            chain.read(0, bytes, bytes.length);
            backend.transmit(Arrays.copyOfRange(bytes, headerBytes, bytes.length));
        }
        chain.complete(0);
    }

    /** 5.1.9.2.1: without offloads flags, gso_type and num_buffers are zero. */
    private void checkHeader(ModelChain chain) {
        byte[] header = new byte[headerBytes];
        chain.read(0, header, headerBytes);
        for (int i = 0; i < headerBytes; i++) {
            if (header[i] != 0) {
                chain.complain(
                        String.format(
                                "byte %d of the header of a frame to send is 0x%02x, and no"
                                        + " offload was accepted (section 5.1.9.2.1)",
                                i, header[i]));
                return;
            }
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

    private int longest() {
        boolean told = accepted.get(NetBit.MTU.bit);
        return (told ? options.mtu() : (1 << 16) - 1) + ETHERNET_HEADER + VLAN_TAG;
    }
}
