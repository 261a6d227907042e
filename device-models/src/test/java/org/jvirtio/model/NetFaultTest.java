package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.model.NetStation.MRG_RXBUF;
import static org.jvirtio.model.NetStation.MTU;
import static org.jvirtio.model.NetStation.frame;
import static org.jvirtio.model.NetStation.withHeader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers that give the network device what it must not be given (virtio 1.4 section 5.1.9). */
class NetFaultTest {

    /** Section 5.1.9.2.1: no offload was accepted. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 10})
    void complainsOfAHeaderThatAsksForAnOffload(int index) {
        NetStation station = new NetStation("", 0);
        byte[] bytes = withHeader(0, frame(64));
        bytes[index] = 1;

        station.sendRaw(bytes);

        assertTrue(station.complaints().contains("byte " + index + " of the"));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 1519})
    void sendsNoFrameThatIsNone(int length) {
        NetStation station = new NetStation(",mtu=1500", MTU);
        station.offerBuffers(4000);

        station.send(frame(length));

        assertEquals(0, station.receive.usedIndex());
        assertEquals(1, station.transmit.usedIndex());
        assertTrue(station.complaints().contains("is not sent"));
    }

    @Test
    void needsAResetAfterAFrameShorterThanItsHeader() {
        NetStation station = new NetStation("", 0);

        station.sendRaw(new byte[11]);

        assertEquals(0x40, station.driver.status() & 0x40);
    }

    @Test
    void needsAResetAfterAReceiveBufferShorterThanTheHeader() {
        NetStation station = new NetStation("", MRG_RXBUF);

        station.offerBuffers(11);

        assertEquals(0x40, station.driver.status() & 0x40);
    }

    /** Section 2.6.1: after the reset of a queue its buffers are the driver's. */
    @Test
    void leavesTheBuffersOfAQueueAloneThatWasReset() {
        NetStation station = new NetStation(",offer=ring-reset", MiniDriver.RING_RESET);
        station.offerBuffers(1530);
        station.driver.registers().write16(0x16, 0);
        station.driver.registers().write16(0x3a, 1);

        station.send(frame(64));

        assertEquals(0, station.buffers.get(0).memory().read8(10));
        assertEquals(0, station.receive.usedIndex());
    }
}
