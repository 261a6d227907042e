package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.RequestException;
import org.jvirtio.device.NetControl;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetFeature;
import org.jvirtio.device.NetMac;
import org.jvirtio.device.NetMode;
import org.jvirtio.model.NetOptions;

/** Virtio 1.4 section 5.1.9.5: what is commanded is what is received, in every layout. */
class NetControlOnModelsTest {

    private static final long OWN = 0x52_54_00_6a_76_01L;
    private static final long OTHER = 0x52_54_00_66_66_66L;
    private static final long MANY = 0x01_00_5e_00_00_fbL;
    private static final long ALL = 0xff_ff_ff_ff_ff_ffL;

    private static NetControl control(NetModelCase.Running net) {
        return net.driver.control().orElseThrow();
    }

    /** Which of the four kinds of frames come: own, other, many, all. */
    private static String received(NetModelCase.Running net) {
        StringBuilder seen = new StringBuilder();
        for (long to : new long[] {OWN, OTHER, MANY, ALL}) {
            seen.append(net.receives(NetModelCase.frameTo(to)) ? '+' : '-');
        }
        return seen.toString();
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void receivesWhatTheModesSay(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions())) {
            assertEquals("++++", received(net), "promiscuous, until told otherwise");
            control(net).set(NetMode.PROMISC, false);
            assertEquals("+--+", received(net));
            control(net).set(NetMode.ALLMULTI, true);
            assertEquals("+-++", received(net));
            control(net).set(NetMode.ALLUNI, true);
            assertEquals("++++", received(net));
            control(net).set(NetMode.NOMULTI, true);
            assertEquals("++-+", received(net));
            control(net).set(NetMode.NOUNI, true);
            assertEquals("---+", received(net));
            control(net).set(NetMode.NOBCAST, true);
            assertEquals("----", received(net));
            control(net).set(NetMode.PROMISC, true);
            assertEquals("++++", received(net));
            net.assertNoComplaints();
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void receivesForTheAddressesOfTheTables(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions())) {
            control(net).set(NetMode.PROMISC, false);
            control(net).setTables(List.of(new NetMac(OTHER)), List.of());
            assertEquals("++-+", received(net));
            control(net).setTables(List.of(), List.of(new NetMac(MANY)));
            assertEquals("+-++", received(net));
            control(net).setTables(List.of(), List.of());
            assertEquals("+--+", received(net));
            net.assertNoComplaints();
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void goesOnAfterTheDeviceRefusedATable(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions())) {
            control(net).set(NetMode.PROMISC, false);
            List<NetMac> tooMany = Collections.nCopies(65, new NetMac(OTHER));

            String message =
                    assertThrows(
                                    RequestException.class,
                                    () -> control(net).setTables(tooMany, List.of()))
                            .getMessage();

            assertTrue(message.contains("MAC_TABLE_SET"), message);
            assertTrue(message.contains("answered ERR (1)"), message);
            assertEquals("+--+", received(net), "as before");
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            control(net)
                                    .setTables(Collections.nCopies(257, tooMany.get(0)), tooMany));
            control(net).set(NetMode.ALLUNI, true);
            assertEquals("++-+", received(net));
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void receivesTaggedFramesOfItsVlansOnly(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions())) {
            assertTrue(net.receives(NetModelCase.frameTo(OWN)));
            assertFalse(net.receives(tagged(7)));
            control(net).addVlan(7);
            assertTrue(net.receives(tagged(7)));
            assertFalse(net.receives(tagged(8)));
            control(net).removeVlan(7);
            assertFalse(net.receives(tagged(7)));
            assertThrows(IllegalArgumentException.class, () -> control(net).addVlan(4095));
            net.assertNoComplaints();
        }
    }

    /** Section 5.1.9.5.3.1, without CTRL_VLAN: all tagged frames pass. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void receivesEveryTaggedFrameWithoutTheFilter(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions(), NetDriver.needs())) {
            assertTrue(net.receives(tagged(7)));
            assertTrue(net.driver.control().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void takesAnotherAddress(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions())) {
            control(net).set(NetMode.PROMISC, false);

            net.driver.setMac(new NetMac(OTHER));

            assertEquals("-+-+", received(net));
            assertEquals(new NetMac(OTHER), net.driver.mac());
            assertEquals("set by command", net.driver.macOrigin());
            assertEquals(0x66, net.driver.device().config().fields().read8(5) & 0xff);
            assertThrows(IllegalArgumentException.class, () -> net.driver.setMac(new NetMac(MANY)));
            net.assertNoComplaints();
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void announcesItselfWhenAskedTo(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions())) {
            assertFalse(net.driver.link().isAnnouncementAsked());
            net.model.announce();

            assertTrue(net.driver.link().await(0));
            assertTrue(net.driver.link().isAnnouncementAsked());
            assertTrue(net.driver.link().isUp());
            control(net).acknowledgeAnnouncement();
            assertTrue(net.driver.link().refresh());
            assertFalse(net.driver.link().isAnnouncementAsked());
            net.assertNoComplaints();
        }
    }

    /** Section 5.1.9.5.1.2 and its like: a command only with its feature. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void sendsNoCommandWhoseFeatureIsMissing(NetModelCase test) {
        try (NetModelCase.Running net =
                test.start(
                        new NetOptions(),
                        NetDriver.needsWithControl()
                                .without(NetFeature.CTRL_RX_EXTRA, NetFeature.CTRL_MAC_ADDR))) {
            String message =
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> control(net).set(NetMode.ALLUNI, true))
                            .getMessage();

            assertTrue(message.contains("CTRL_RX_EXTRA was not accepted"), message);
            assertThrows(IllegalStateException.class, () -> net.driver.setMac(new NetMac(OTHER)));
            assertEquals(new NetMac(OWN), net.driver.mac());
            control(net).set(NetMode.PROMISC, false);
            net.assertNoComplaints();
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void doesWithoutCommandsWhereTheDeviceHasNone(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions().control(false))) {
            assertTrue(net.driver.control().isEmpty());
            assertEquals(1, net.driver.mostPairs());
            assertTrue(net.receives(NetModelCase.frameTo(OTHER)));
            net.assertNoComplaints();
        }
    }

    private static byte[] tagged(int vlan) {
        byte[] frame = NetModelCase.frameTo(OWN);
        frame[12] = (byte) 0x81;
        frame[13] = 0;
        frame[15] = (byte) vlan;
        return frame;
    }
}
