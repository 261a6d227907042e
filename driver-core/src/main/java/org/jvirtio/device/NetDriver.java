package org.jvirtio.device;

import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Handshake;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;

/**
 * A network device (virtio 1.4 section 5.1), as a way for raw frames in and out: no protocol above
 * Ethernet, and no offloads, so that every frame is on the ring what it is on the wire.
 *
 * <pre>
 *   pair 0   queue 0 receives    {@link NetReceiveQueue}
 *            queue 1 transmits   {@link NetTransmitQueue}
 * </pre>
 *
 * <p>Receiving begins with the start. Not thread-safe, but each queue may have a thread of its own.
 */
public final class NetDriver implements AutoCloseable {

    private static final int QUEUES_PER_PAIR = 2;

    private final RunningDevice device;
    private final NetFraming framing;
    private final NetMac mac;
    private final String macOrigin;
    private final int mtu;
    private final NetReceiveQueue[] receives;
    private final NetTransmitQueue[] transmits;
    private boolean linkUp;

    private NetDriver(RunningDevice device) {
        this.device = device;
        NetSettings settings = NetSettings.read(device.config(), device.accepted());
        boolean usable = settings.mac().isStation();
        mac = usable ? settings.mac() : NetMac.random();
        macOrigin = usable ? "the device's" : "our own: " + whyOwn(settings.mac());
        mtu = settings.mtu();
        linkUp = settings.linkUp();
        framing = NetFraming.of(device.accepted(), mtu);
        receives = new NetReceiveQueue[device.queueCount() / QUEUES_PER_PAIR];
        transmits = new NetTransmitQueue[receives.length];
        for (int pair = 0; pair < receives.length; pair++) {
            int first = QUEUES_PER_PAIR * pair;
            receives[pair] = new NetReceiveQueue(device, first, framing);
            transmits[pair] = new NetTransmitQueue(device, first + 1, framing);
            receives[pair].refill();
        }
    }

    private String whyOwn(NetMac found) {
        return device.has(NetFeature.MAC)
                ? "the device's " + found + " cannot be that of one station"
                : "the device gives none";
    }

    /** What the driver asks of a device: one pair of queues, and no offload. */
    public static DriverNeeds needs() {
        return DriverNeeds.of(DeviceType.NETWORK, NetFeature.values())
                .wanting(NetFeature.MAC, NetFeature.STATUS, NetFeature.MTU, NetFeature.MRG_RXBUF)
                .withQueues(QUEUES_PER_PAIR)
                .withChainLength(2);
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

    /** Whether the link was up when it was last looked at. */
    public boolean isLinkUp() {
        return linkUp;
    }

    /** Looks at the link again: after a configuration change it may be another. */
    public void refresh() {
        linkUp = NetSettings.read(device.config(), device.accepted()).linkUp();
    }

    /** Pairs of queues. */
    public int pairs() {
        return receives.length;
    }

    public NetReceiveQueue receive(int pair) {
        return receives[pair];
    }

    public NetTransmitQueue transmit(int pair) {
        return transmits[pair];
    }

    @Override
    public void close() {
        device.close();
    }
}
