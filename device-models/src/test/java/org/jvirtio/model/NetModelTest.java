package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.model.NetStation.MRG_RXBUF;
import static org.jvirtio.model.NetStation.STATUS;
import static org.jvirtio.model.NetStation.frame;
import static org.jvirtio.model.NetStation.withHeader;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Frames through the network device (virtio 1.4 section 5.1.9), as they come and go. */
class NetModelTest {

    @Test
    void receivesWhatItSends() {
        NetStation station = new NetStation("", MRG_RXBUF);
        station.offerBuffers(1530, 1530);

        station.send(frame(60));
        station.send(frame(1514));

        assertEquals(2, station.transmit.usedIndex());
        assertEquals(0, station.transmit.usedLength(0));
        assertArrayEquals(withHeader(1, frame(60)), station.received(0));
        assertArrayEquals(withHeader(1, frame(1514)), station.received(1));
        station.assertNoComplaints();
    }

    /** Section 5.1.9.4.1: num_buffers is 1 where buffers are not merged. */
    @Test
    void saysOneBufferWithoutMerging() {
        NetStation station = new NetStation("", 0);
        station.offerBuffers(1530);

        station.send(frame(64));

        assertArrayEquals(withHeader(1, frame(64)), station.received(0));
    }

    @Test
    void keepsFramesUntilThereAreBuffers() {
        NetStation station = new NetStation("", MRG_RXBUF);

        station.send(frame(100));
        assertEquals(0, station.receive.usedIndex());
        station.offerBuffers(1530);

        assertArrayEquals(withHeader(1, frame(100)), station.received(0));
    }

    /** Section 5.1.9.4.1: all buffers but the last are filled, and all are used together. */
    @Test
    void spreadsALongFrameOverManyBuffers() {
        NetStation station = new NetStation("", MRG_RXBUF);
        station.send(frame(250));
        station.offerBuffers(100, 100);
        assertEquals(0, station.receive.usedIndex(), "not before there is room for all of it");

        station.offerBuffers(100);

        byte[] whole = withHeader(3, frame(250));
        assertEquals(3, station.receive.usedIndex());
        assertArrayEquals(Arrays.copyOf(whole, 100), station.received(0));
        assertArrayEquals(Arrays.copyOfRange(whole, 100, 200), station.received(1));
        assertArrayEquals(Arrays.copyOfRange(whole, 200, 262), station.received(2));
    }

    @Test
    void losesAFrameThatFitsNoBufferAndSaysSo() {
        NetStation station = new NetStation("", 0);
        station.offerBuffers(100, 1530);

        station.send(frame(89));

        assertEquals(0, station.receive.usedIndex());
        assertTrue(station.complaints().contains("too short for a frame"));
    }

    @Test
    void losesFramesWhileTheLinkIsDownAndTellsTheDriver() {
        NetModel model = new NetModel(NetBackend.loop(), new NetOptions());
        NetStation station =
                new NetStation(
                        new EmulatedFunction("net", model, new FunctionOptions().queueSize(16)),
                        STATUS);
        station.offerBuffers(1530);
        int generation = station.driver.registers().read8(0x15);

        model.link(false);
        station.send(frame(64));
        assertEquals(0, station.config16(6));
        assertEquals(generation + 1, station.driver.registers().read8(0x15));
        assertEquals(0, station.receive.usedIndex());
        assertEquals(1, station.transmit.usedIndex(), "the buffer comes back all the same");

        model.link(true);
        station.send(frame(64));
        assertEquals(1, station.receive.usedIndex());
    }
}
