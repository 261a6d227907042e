package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.device.NetFeature;

/** What an accepted feature needs beside it (virtio 1.4 section 5.1.3.1). */
class FeatureGroundTest {

    @ParameterizedTest
    @CsvSource({
        "GUEST_TSO4, MAC, GUEST_TSO4 without [GUEST_CSUM]",
        "VQ_NOTF_COAL, MAC, VQ_NOTF_COAL without [CTRL_VQ]",
        "VQ_NOTF_COAL, CTRL_VQ, ''",
        "RSS_CONTEXT, CTRL_VQ, RSS_CONTEXT without [RSS]",
        "HASH_TUNNEL, HASH_REPORT, HASH_TUNNEL without [CTRL_VQ]",
        "HASH_TUNNEL, CTRL_VQ, 'HASH_TUNNEL without [RSS, HASH_REPORT]'",
    })
    void aFeatureWithoutItsGroundIsNamedWithIt(String one, String other, String missing) {
        FeatureSet accepted = FeatureSet.of(NetFeature.valueOf(one), NetFeature.valueOf(other));
        assertEquals(
                missing,
                FeatureGround.missing(Optional.of(DeviceType.NETWORK), accepted).orElse(""));
    }
}
