package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.LayoutException;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerNet;

/** Virtio 1.4 section 5.1.4, and devices whose configuration cannot be true. */
class NetConfigTest {

    @ParameterizedTest
    @EnumSource(NetConfig.class)
    void everyFieldIsAlignedToItsWidth(NetConfig field) {
        assertEquals(0, field.offset() % field.width());
    }

    @ParameterizedTest
    @EnumSource(NetField.class)
    void everyFieldOfTheHeaderIsAlignedToItsWidth(NetField field) {
        assertEquals(0, field.offset() % field.width());
    }

    @Test
    void readsWhatBelongsTogetherAtOneMoment() {
        PartnerNet net = new PartnerNet(NetFeature.MAC, NetFeature.STATUS, NetFeature.MTU);
        net.config.set(NetConfig.MTU, 9000);

        NetDriver driver = NetDriver.start(net.transport);

        assertEquals("52:54:00:12:34:56", driver.mac().toString());
        assertEquals("the device's", driver.macOrigin());
        assertEquals(9000, driver.mtu());
        assertEquals(9018, driver.frameBytes());
        assertTrue(driver.isLinkUp());
        assertEquals(1, net.config.consistentReadings());
    }

    @Test
    void readsNoFieldOfAFeatureThatIsNotThere() {
        PartnerNet net = new PartnerNet();
        net.config.set(NetConfig.MTU, 1).set(NetConfig.STATUS, 0);

        NetDriver driver = NetDriver.start(net.transport);

        assertEquals(1500, driver.mtu());
        assertTrue(driver.isLinkUp(), "section 5.1.4.2: the link is assumed up");
        assertNotEquals("52:54:00:12:34:56", driver.mac().toString());
        assertEquals("our own: the device gives none", driver.macOrigin());
    }

    @Test
    void seesTheLinkGoAndComeBack() {
        PartnerNet net = new PartnerNet(NetFeature.STATUS);
        NetDriver driver = NetDriver.start(net.transport);

        net.config.set(NetConfig.STATUS, 2);
        driver.refresh();
        assertFalse(driver.isLinkUp());
        net.config.set(NetConfig.STATUS, 3);
        driver.refresh();
        assertTrue(driver.isLinkUp());
    }

    @Test
    void g7DoesWithoutFeaturesWhoseFieldsAreNotShown() {
        PartnerNet net = new PartnerNet(6, NetFeature.MAC, NetFeature.STATUS, NetFeature.MTU);
        net.mac(0x52_54_00_00_00_01L);

        NetDriver driver = NetDriver.start(net.transport);

        assertEquals("52:54:00:00:00:01", driver.mac().toString());
        assertFalse(driver.device().has(NetFeature.STATUS));
        assertFalse(driver.device().has(NetFeature.MTU));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 67})
    void g13RefusesAnMtuThatNoDeviceHas(int mtu) {
        PartnerNet net = new PartnerNet(NetFeature.MTU);
        net.config.set(NetConfig.MTU, mtu);

        LayoutException refused =
                assertThrows(LayoutException.class, () -> NetDriver.start(net.transport));

        assertTrue(refused.getMessage().contains(mtu + " bytes; it is at least 68"));
        assertTrue(net.transport.closed);
        assertEquals(0, net.transport.memory.openRegions());
    }

    @Test
    void g13JudgesTheMtuOnceItIsOfOneMoment() {
        PartnerNet net = new PartnerNet(NetFeature.MTU);
        net.config.tearing(NetConfig.MTU, 0, 9000);

        assertEquals(9000, NetDriver.start(net.transport).mtu());
    }

    @Test
    void g13KeepsTheMtuThatItStartedWith() {
        PartnerNet net = new PartnerNet(NetFeature.MTU);
        NetDriver driver = NetDriver.start(net.transport);

        net.config.set(NetConfig.MTU, 9000);
        driver.refresh();

        assertEquals(1500, driver.mtu());
    }

    /** No allocation is sized by the device without a bound, and every frame has a buffer. */
    @Test
    void takesFewerBuffersWhereTheMtuIsLarge() {
        PartnerNet net = new PartnerNet(RingFeature.VERSION_1, NetFeature.MTU);
        net.config.set(NetConfig.MTU, 65535);

        NetDriver driver = NetDriver.start(net.transport);

        assertEquals(65553, driver.frameBytes());
        assertEquals(31, driver.transmit(0).capacity(), "as many as one huge page holds");
        assertEquals(31, driver.receive(0).inFlight());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xffff_ffff_ffffL, 0x0100_5e00_0001L, 0x0180_c200_0000L})
    void g14TakesAnAddressOfItsOwnWhereTheDevicesIsNoStations(long bits) {
        PartnerNet net = new PartnerNet(NetFeature.MAC);
        net.mac(bits);

        NetDriver driver = NetDriver.start(net.transport);

        assertTrue(driver.mac().isStation());
        assertEquals(2, driver.mac().octet(0) & 3, "locally administered, of one station");
        assertTrue(driver.macOrigin().contains(new NetMac(bits) + " cannot be"));
    }

    /** N3: 10 bytes where 12 are right shift every frame by two. */
    @ParameterizedTest
    @CsvSource({
        "NOTIFY_ON_EMPTY, STATUS, 10",
        "ANY_LAYOUT, STATUS, 10",
        "NOTIFY_ON_EMPTY, MRG_RXBUF, 12",
        "ANY_LAYOUT, MRG_RXBUF, 12",
        "VERSION_1, STATUS, 12",
        "VERSION_1, MRG_RXBUF, 12"
    })
    void n3TakesTheLengthOfTheHeaderFromTheFeatures(
            RingFeature ring, NetFeature feature, int bytes) {
        PartnerNet net = new PartnerNet(ring, feature);

        assertEquals(bytes, NetDriver.start(net.transport).headerBytes());
    }

    @Test
    void refusesEveryOffload() {
        PartnerNet net = new PartnerNet(NetFeature.values());
        NetDriver driver = NetDriver.start(net.transport);

        for (NetFeature feature : NetFeature.values()) {
            boolean wanted =
                    switch (feature) {
                        case MAC, STATUS, MTU, MRG_RXBUF -> true;
                        default -> false;
                    };
            assertEquals(wanted, driver.device().has(feature), feature.name());
        }
        assertEquals(1, driver.pairs());
    }
}
