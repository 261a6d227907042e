package org.jvirtio.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.device.NetFeature;

/** What an offered feature needs beside it (virtio 1.4 section 5.1.3.1). */
class FeatureNeedsTest {

    private static List<String> missing(NetFeature... offered) {
        return FeatureNeeds.missing(DeviceType.NETWORK, FeatureSet.of(offered));
    }

    /** "Requires VIRTIO_NET_F_CTRL_VQ along with VIRTIO_NET_F_RSS or VIRTIO_NET_F_HASH_REPORT." */
    @Test
    void tunnelsAreHashedForReportsOrForQueuesOverTheControlQueue() {
        NetFeature tunnel = NetFeature.HASH_TUNNEL;
        assertEquals(List.of(), missing(tunnel, NetFeature.RSS, NetFeature.CTRL_VQ));
        assertEquals(List.of(), missing(tunnel, NetFeature.HASH_REPORT, NetFeature.CTRL_VQ));
        assertEquals(
                List.of("HASH_TUNNEL without [RSS, HASH_REPORT]"),
                missing(tunnel, NetFeature.CTRL_VQ));
        assertEquals(
                List.of("HASH_TUNNEL without [CTRL_VQ]"), missing(tunnel, NetFeature.HASH_REPORT));
    }
}
