package org.jvirtio.partner;

import java.util.Random;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.device.NetConfig;
import org.jvirtio.device.NetFeature;
import org.jvirtio.memory.NativeMemory;

/** A network device behind a {@link PartnerTransport}, with the features of the test's choice. */
public final class PartnerNet {

    public static final int MTU = 1500;

    public final PartnerConfig config;
    public final PartnerTransport transport;
    public final NetPeer peer;
    public final CommandPeer commands = new CommandPeer();

    public PartnerNet(Feature... offered) {
        this(28, offered);
    }

    public PartnerNet(int configLength, Feature... offered) {
        FeatureSet features = FeatureSet.of(offered);
        config = new PartnerConfig(configLength);
        if (configLength == 28) {
            mac(0x52_54_00_12_34_56L);
            config.set(NetConfig.STATUS, 1).set(NetConfig.MTU, MTU);
        }
        transport = new PartnerTransport(DeviceType.NETWORK, features, config);
        transport.device = this::run;
        boolean version1 = features.has(RingFeature.VERSION_1);
        boolean merges = features.has(NetFeature.MRG_RXBUF);
        peer =
                new NetPeer(
                        version1 || merges ? 12 : 10,
                        !version1 && !features.has(RingFeature.ANY_LAYOUT),
                        merges);
    }

    public void mac(long bits) {
        config.set(NetConfig.MAC_0, bits >>> 40 & 0xff)
                .set(NetConfig.MAC_1, bits >>> 32 & 0xff)
                .set(NetConfig.MAC_2, bits >>> 24 & 0xff)
                .set(NetConfig.MAC_3, bits >>> 16 & 0xff)
                .set(NetConfig.MAC_4, bits >>> 8 & 0xff)
                .set(NetConfig.MAC_5, bits & 0xff);
    }

    public RingPeer receiveRing() {
        return transport.rings.get(0);
    }

    public RingPeer transmitRing() {
        return transport.rings.get(1);
    }

    /** A frame of bytes that no other seed gives. */
    public static byte[] frame(int length, int seed) {
        byte[] frame = new byte[length];
        new Random(seed).nextBytes(frame);
        return frame;
    }

    public static void put(NativeMemory memory, long at, byte[] frame) {
        memory.copyFrom(at, frame, 0, frame.length);
    }

    /** Where commands come, if there is one pair of queues before it. */
    public RingPeer controlRing() {
        return transport.rings.get(2);
    }

    private void run() {
        if (transport.rings.size() >= 2) {
            peer.transmit(transmitRing(), transport.memory);
            peer.receive(receiveRing(), transport.memory);
        }
        if (transport.rings.size() == 3) {
            commands.serve(controlRing(), transport.memory);
        }
    }
}
