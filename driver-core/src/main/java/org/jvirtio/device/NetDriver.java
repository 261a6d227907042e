package org.jvirtio.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Feature;
import org.jvirtio.Handshake;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;

/**
 * A network device (virtio 1.4 section 5.1), as a way for raw frames in and out: no protocol above
 * Ethernet, and no segmentation, so that every frame is on the ring what it is on the wire.
 *
 * <pre>
 *   pair 0   queue 0   receives    {@link NetReceiveQueue}
 *            queue 1   transmits   {@link NetTransmitQueue}
 *   pair 1   queue 2, queue 3
 *   ...
 *            last      commands    {@link NetControl}
 * </pre>
 *
 * <p>Receiving begins with the start, on pair 0 alone; {@link #usePairs} adds more. Not
 * thread-safe, but each queue may have a thread of its own: two queues write to nothing in common.
 */
public final class NetDriver implements AutoCloseable {

    private static final List<NetFeature> COMMANDS =
            List.of(
                    NetFeature.CTRL_VQ,
                    NetFeature.CTRL_RX,
                    NetFeature.CTRL_RX_EXTRA,
                    NetFeature.CTRL_VLAN,
                    NetFeature.CTRL_MAC_ADDR,
                    NetFeature.GUEST_ANNOUNCE,
                    NetFeature.MQ);

    private final RunningDevice device;
    private final NetFraming framing;
    private final NetLink link;
    private final Optional<NetControl> control;
    private final int mostPairs;
    private final int mtu;
    private final List<NetReceiveQueue> receives = new ArrayList<>();
    private final List<NetTransmitQueue> transmits = new ArrayList<>();
    private NetMac mac;
    private String macOrigin;
    private int pairs = 1;

    private NetDriver(RunningDevice device) {
        this.device = device;
        NetSettings settings = NetSettings.read(device.config(), device.accepted());
        boolean usable = settings.mac().isStation();
        mac = usable ? settings.mac() : NetMac.random();
        macOrigin = usable ? "the device's" : "our own: " + whyOwn(settings.mac());
        mtu = settings.mtu();
        link = new NetLink(device, settings);
        framing = NetFraming.of(device.accepted(), mtu);
        mostPairs = device.queueCount() / NetQueues.PER_PAIR;
        control =
                device.has(NetFeature.CTRL_VQ)
                        ? Optional.of(new NetControl(device, device.queueCount() - 1))
                        : Optional.empty();
        openPair(0);
    }

    /** Makes the buffers of a pair and gives the device those to receive with. */
    private void openPair(int pair) {
        int first = NetQueues.PER_PAIR * pair;
        receives.add(
                device.has(NetFeature.GUEST_CSUM)
                        ? NetChecksumReceiveQueue.open(device, first, framing)
                        : new NetReceiveQueue(device, first, framing));
        transmits.add(
                device.has(NetFeature.CSUM)
                        ? NetChecksumTransmitQueue.open(device, first + 1, framing)
                        : new NetTransmitQueue(device, first + 1, framing));
        receives.get(pair).refill();
    }

    private String whyOwn(NetMac found) {
        return device.has(NetFeature.MAC)
                ? "the device's " + found + " cannot be that of one station"
                : "the device gives none";
    }

    /** What the driver asks of a device: one pair of queues, no commands and no offload. */
    public static DriverNeeds needs() {
        return DriverNeeds.of(DeviceType.NETWORK, NetFeature.values())
                .wanting(NetFeature.MAC, NetFeature.STATUS, NetFeature.MTU, NetFeature.MRG_RXBUF)
                .withQueues(new NetQueues())
                .withChainLength(2);
    }

    /**
     * As {@link #needs}, with checksums left to the device: {@link NetTransmitQueue#offerOpen} and
     * {@link NetReceiveQueue#checksum}.
     */
    public static DriverNeeds needsWithChecksums() {
        return needs().wanting(NetFeature.CSUM, NetFeature.GUEST_CSUM);
    }

    /** As {@link #needs}, with commands and as many pairs of queues as the device has. */
    public static DriverNeeds needsWithControl() {
        return needs().wanting(COMMANDS.toArray(Feature[]::new))
                .withChainLength(NetControl.CHAIN_LENGTH);
    }

    /** Starts the device; closing the driver closes the transport. */
    public static NetDriver start(Transport transport) {
        return start(transport, needs());
    }

    /** Starts the device with needs of the caller's own, made from {@link #needs}. */
    public static NetDriver start(Transport transport, DriverNeeds needs) {
        RunningDevice device = Handshake.run(transport, needs);
        try {
            return new NetDriver(device);
        } catch (RuntimeException | Error failure) {
            device.abandon(failure);
            throw failure;
        }
    }

    public RunningDevice device() {
        return device;
    }

    /** The address of this station. */
    public NetMac mac() {
        return mac;
    }

    /** Who gave the address, and why: {@code the device's}, or a sentence. */
    public String macOrigin() {
        return macOrigin;
    }

    /** Bytes of the longest Ethernet payload, as it was when the device was started. */
    public int mtu() {
        return mtu;
    }

    /** Bytes of the longest frame: the payload, the header of Ethernet, and a VLAN tag. */
    public int frameBytes() {
        return framing.frameBytes();
    }

    /** Bytes of the header before each frame on the rings: 10 or 12. */
    public int headerBytes() {
        return framing.headerBytes();
    }

    /** The link, to be looked at again or waited for. */
    public NetLink link() {
        return link;
    }

    /** Whether the link was up when it was last looked at. */
    public boolean isLinkUp() {
        return link.isUp();
    }

    /** Looks at the link again: after a configuration change it may be another. */
    public void refresh() {
        link.refresh();
    }

    /** The way to send commands; empty if CTRL_VQ was not accepted. */
    public Optional<NetControl> control() {
        return control;
    }

    /**
     * Has the device take another address of one station for its own.
     *
     * @throws org.jvirtio.RequestException if it refuses; the address is the one before then
     * @throws IllegalStateException if CTRL_MAC_ADDR was not accepted
     */
    public void setMac(NetMac wanted) {
        if (!wanted.isStation()) {
            throw new IllegalArgumentException(
                    wanted + " as address of a station: it is nobody's, or that of many");
        }
        requireControl("setting the address").setMac(wanted);
        mac = wanted;
        macOrigin = "set by command";
    }

    /** Pairs of queues in use: 1 after the start. */
    public int pairs() {
        return pairs;
    }

    /** Pairs of queues that can be used; more than one only with MQ. */
    public int mostPairs() {
        return mostPairs;
    }

    /**
     * Uses the first {@code count} pairs from now on. The device brings the frames of a flow to the
     * pair that last transmitted for it (section 5.1.9.5.6), so each thread that has a pair gets
     * the answers to what it sends. Pairs above must not transmit any more; what arrived on them
     * can still be harvested.
     *
     * @throws org.jvirtio.RequestException if the device refuses; the pairs are those before then
     * @throws IllegalStateException if MQ was not accepted
     */
    public void usePairs(int count) {
        if (count < 1 || count > mostPairs) {
            throw new IllegalArgumentException(
                    "using " + count + " pairs of queues; the device has " + mostPairs);
        }
        NetControl commands = requireControl("using " + count + " pairs of queues");
        // 5.1.9.5.6.1: "MUST configure the virtqueues before enabling them".
        while (receives.size() < count) {
            openPair(receives.size());
        }
        commands.usePairs(count);
        pairs = count;
    }

    public NetReceiveQueue receive(int pair) {
        return receives.get(pair);
    }

    public NetTransmitQueue transmit(int pair) {
        // 5.1.9.5.6.1: "MUST NOT queue packets on transmit queues greater than" those in use.
        return transmits.get(Objects.checkIndex(pair, pairs));
    }

    private NetControl requireControl(String what) {
        return control.orElseThrow(
                () ->
                        new IllegalStateException(
                                what
                                        + ": CTRL_VQ was not accepted. Start the driver with"
                                        + " needsWithControl(), and a device that offers it."));
    }

    @Override
    public void close() {
        device.close();
    }
}
