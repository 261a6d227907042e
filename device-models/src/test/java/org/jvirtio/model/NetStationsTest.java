package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.jvirtio.model.NetStation.MRG_RXBUF;
import static org.jvirtio.model.NetStation.frame;
import static org.jvirtio.model.NetStation.withHeader;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Network devices that a hub connects, each with a driver of its own. */
class NetStationsTest {

    @Test
    void hubBringsFramesToTheOtherStationAndNotBack() {
        NetStation one = new NetStation(",hub=there,mac=02:00:00:00:00:01", MRG_RXBUF);
        NetStation two = new NetStation(",hub=there,mac=02:00:00:00:00:02", MRG_RXBUF);
        NetStation else3 = new NetStation(",hub=elsewhere", MRG_RXBUF);
        for (NetStation station : List.of(one, two, else3)) {
            station.offerBuffers(1530, 1530);
        }

        one.send(frame(64));
        two.awaitReceived(1);
        two.send(frame(65));
        one.awaitReceived(1);

        assertArrayEquals(withHeader(1, frame(64)), two.received(0));
        assertArrayEquals(withHeader(1, frame(65)), one.received(0));
        assertEquals(0, else3.receive.usedIndex());
        for (NetStation station : List.of(one, two, else3)) {
            station.assertNoComplaints();
            station.driver.status(0);
            station.function.close();
        }
    }

    @Test
    void hubForgetsStationsThatAreClosed() {
        NetStation one = new NetStation(",hub=left", MRG_RXBUF);
        NetStation two = new NetStation(",hub=left", MRG_RXBUF);
        one.driver.status(0);
        one.function.close();
        NetStation three = new NetStation(",hub=left", MRG_RXBUF);
        three.offerBuffers(1530);

        two.send(frame(64));

        three.awaitReceived(1);
        one.assertNoComplaints();
    }

    /** Two drivers that send at once must not wait for each other's lock. */
    @Test
    void hubCarriesBothDirectionsAtOnce() throws InterruptedException {
        NetStation one = new NetStation(",hub=both", MRG_RXBUF);
        NetStation two = new NetStation(",hub=both", MRG_RXBUF);
        one.offerBuffers(100, 100, 100, 100, 100, 100, 100, 100);
        two.offerBuffers(100, 100, 100, 100, 100, 100, 100, 100);
        Thread beside = new Thread(() -> sendMany(one, 8));
        beside.start();
        sendMany(two, 8);
        beside.join(5000);

        one.awaitReceived(8);
        two.awaitReceived(8);
        assertArrayEquals(withHeader(1, frame(67)), one.received(7));
    }

    private static void sendMany(NetStation station, int count) {
        for (int i = 0; i < count; i++) {
            station.send(frame(60 + i));
        }
    }
}
