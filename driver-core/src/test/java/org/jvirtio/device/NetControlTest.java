package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.Feature;
import org.jvirtio.LayoutException;
import org.jvirtio.RequestException;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerNet;

/** Virtio 1.4 section 5.1.9.5: commands byte for byte, and devices that answer nonsense. */
class NetControlTest extends StartedNet {

    private NetControl control;

    private void startWith(RingFeature ring) {
        net =
                new PartnerNet(
                        ring,
                        NetFeature.MAC,
                        NetFeature.STATUS,
                        NetFeature.CTRL_VQ,
                        NetFeature.CTRL_RX,
                        NetFeature.CTRL_RX_EXTRA,
                        NetFeature.CTRL_VLAN,
                        NetFeature.CTRL_MAC_ADDR,
                        NetFeature.GUEST_ANNOUNCE,
                        NetFeature.MQ);
        net.config.set(NetConfig.MAX_VIRTQUEUE_PAIRS, 1);
        openWithControl();
    }

    private void openWithControl() {
        driver = NetDriver.start(net.transport, NetDriver.needsWithControl());
        transmit = driver.transmit(0);
        receive = driver.receive(0);
        control = driver.control().orElseThrow();
    }

    /** Each part in a descriptor of its own, as devices without ANY_LAYOUT want it. */
    @ParameterizedTest
    @EnumSource(
            value = RingFeature.class,
            names = {"NOTIFY_ON_EMPTY", "VERSION_1", "INDIRECT_DESC", "RING_PACKED"})
    void sendsCommandsAsTheSpecificationHasThem(RingFeature ring) {
        startWith(ring);

        control.set(NetMode.PROMISC, true);
        control.set(NetMode.ALLMULTI, false);
        control.set(NetMode.NOBCAST, true);
        control.setTables(
                List.of(new NetMac(0x02_00_00_00_00_01L), new NetMac(0x02_00_00_00_00_02L)),
                List.of(new NetMac(0x01_00_5e_00_00_01L)));
        driver.setMac(new NetMac(0x02_00_00_00_00_03L));
        control.addVlan(0x123);
        control.removeVlan(7);
        control.acknowledgeAnnouncement();
        driver.usePairs(1);

        assertEquals(
                List.of(
                        "0000 01",
                        "0001 00",
                        "0005 01",
                        "0100 02000000020000000001020000000002 0100000001005e000001",
                        "0101 020000000003",
                        "0200 2301",
                        "0201 0700",
                        "0300",
                        "0400 0100"),
                net.commands.commands);
    }

    /** N6: 0 is done; everything else is not, and frames go on. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, ERR (1)",
        "2, 1, means nothing",
        "119, 1, means nothing",
        "254, 1, means nothing",
        "-1, 1, without writing",
        "0, 0, without writing"
    })
    void n6TakesNothingButZeroForDone(int ack, int used, String meaning) {
        startWith(RingFeature.VERSION_1);
        net.commands.ack = ack;
        net.commands.used = used;

        String message =
                assertThrows(RequestException.class, () -> control.set(NetMode.PROMISC, true))
                        .getMessage();

        assertTrue(message.contains(meaning), message);
        assertThrows(RequestException.class, () -> driver.setMac(new NetMac(2L << 40)));
        assertEquals("the device's", driver.macOrigin());
        net.commands.ack = 0;
        net.commands.used = 1;
        control.set(NetMode.PROMISC, true);
        assertEquals(1, arrive(PartnerNet.frame(64, 1)));
    }

    /** Section 5.1.9.1 (legacy): the used length of a command says nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void believesNoUsedLengthOfAnOldDevice(int used) {
        startWith(RingFeature.ANY_LAYOUT);
        net.commands.used = used;

        control.set(NetMode.PROMISC, true);
        net.commands.ack = -1;
        assertThrows(RequestException.class, () -> control.set(NetMode.PROMISC, true));
    }

    @Test
    void n6EndsTheWaitForAnAnswerThatNeverComes() {
        System.setProperty("jvirtio.requestMillis", "20");
        try {
            startWith(RingFeature.VERSION_1);
            net.commands.mute = true;

            String message =
                    assertThrows(DeviceTimeoutException.class, () -> control.addVlan(3))
                            .getMessage();

            assertTrue(message.contains("the answer to VLAN_ADD"), message);
            net.commands.mute = false;
            assertThrows(DeviceBrokenException.class, () -> control.addVlan(3));
            assertEquals(1, arrive(PartnerNet.frame(64, 1)), "frames go on");
        } finally {
            System.clearProperty("jvirtio.requestMillis");
        }
    }

    @Test
    void u12FindsTheDeviceThatWritesBehindItsAcknowledgement() {
        startWith(RingFeature.VERSION_1);
        net.commands.written = 5;

        assertThrows(DeviceBrokenException.class, () -> control.set(NetMode.PROMISC, true));
    }

    /** G15: who believed the number would look for the control queue elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "0, a device has 1 to 32768",
        "32769, a device has 1 to 32768",
        "65535, a device has 1 to 32768",
        "129, this driver takes up to 128",
        "32768, this driver takes up to 128"
    })
    void g15DoesWithoutMqWhereTheNumberOfPairsCannotBe(int pairs, String reason) {
        net = new PartnerNet(RingFeature.VERSION_1, NetFeature.CTRL_VQ, NetFeature.MQ);
        net.config.set(NetConfig.MAX_VIRTQUEUE_PAIRS, pairs);

        openWithControl();

        assertFalse(driver.device().has(NetFeature.MQ));
        assertEquals(1, driver.mostPairs());
        assertTrue(
                driver.device().decisions().stream().anyMatch(line -> line.contains(reason)),
                driver.device().decisions().toString());
    }

    /** S5: section 5.1.3.1. */
    @Test
    void s5AcceptsNoCommandWithoutTheirQueue() {
        Feature[] commands = {
            NetFeature.CTRL_RX,
            NetFeature.CTRL_RX_EXTRA,
            NetFeature.CTRL_VLAN,
            NetFeature.CTRL_MAC_ADDR,
            NetFeature.GUEST_ANNOUNCE,
            NetFeature.MQ
        };
        net = new PartnerNet(commands);
        net.config.set(NetConfig.MAX_VIRTQUEUE_PAIRS, 1);

        driver = NetDriver.start(net.transport, NetDriver.needsWithControl());

        for (Feature command : commands) {
            assertFalse(driver.device().has(command), command.name());
        }
        assertEquals(2, driver.device().queueCount());
    }

    @Test
    void refusesAControlQueueTooShortForACommand() {
        net = new PartnerNet(RingFeature.VERSION_1, NetFeature.CTRL_VQ);
        net.transport.largestQueue = 2;

        String message = assertThrows(LayoutException.class, this::openWithControl).getMessage();

        assertTrue(message.contains("a command needs 4"), message);
        assertTrue(net.transport.closed);
    }
}
