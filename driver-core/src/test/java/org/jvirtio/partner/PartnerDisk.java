package org.jvirtio.partner;

import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.device.BlockConfig;

/**
 * A disk of 1000 sectors behind a {@link PartnerTransport}, with the features of the test's choice.
 */
public final class PartnerDisk {

    public static final int SECTORS = 1000;

    public final PartnerConfig config;
    public final PartnerTransport transport;
    public final BlockPeer peer = new BlockPeer(SECTORS);

    public PartnerDisk(Feature... offered) {
        this(96, offered);
    }

    public PartnerDisk(int configLength, Feature... offered) {
        config = new PartnerConfig(configLength);
        if (configLength >= 8) {
            config.set(BlockConfig.CAPACITY, SECTORS);
        }
        transport = new PartnerTransport(DeviceType.BLOCK, FeatureSet.of(offered), config);
        transport.device = this::run;
    }

    public RingPeer ring() {
        return transport.rings.get(0);
    }

    private void run() {
        for (RingPeer ring : transport.rings) {
            peer.run(ring, transport.memory);
        }
    }
}
