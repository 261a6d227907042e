package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A stack with the address 10.0.2.15 over a device in this process, and a peer on the other end of
 * its wire that sends and receives raw frames.
 */
abstract class StackOnAWire {

    private static final AtomicInteger HUBS = new AtomicInteger();

    Station station;
    Station peer;
    NetStack stack;

    @BeforeEach
    void connect() {
        String hub = ",hub=wire-" + HUBS.incrementAndGet();
        station = new Station("mac=52:54:00:12:34:56" + hub);
        peer = new Station("mac=52:54:00:ab:cd:ef" + hub);
        stack = new NetStack(station.driver, FrameWatch.NONE);
        stack.use(Ipv4Settings.parse(Packets.SETTINGS));
    }

    @AfterEach
    void disconnect() {
        peer.close();
        station.close();
    }

    /** A frame comes in; what it causes leaves. */
    void receive(byte[] frame) {
        stack.receive(Station.frame(frame), System.nanoTime());
        stack.turn();
    }

    /** The peer has told its address, so that it can be answered. */
    void meet() {
        receive(Packets.arp(1, Packets.PEER_MAC, Packets.PEER_IP, 0, Packets.OUR_IP));
        assertEquals(2, Packets.int16(peer.receive(), 20));
    }

    /** The frame is dropped for this reason and for no other. */
    void dropped(DropReason reason, byte[] frame) {
        long before = stack.drops().total();
        long ofReason = stack.drops().of(reason);
        receive(frame);
        assertEquals(ofReason + 1, stack.drops().of(reason), () -> "" + stack.drops());
        assertEquals(before + 1, stack.drops().total(), () -> "" + stack.drops());
    }
}
