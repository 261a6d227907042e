package org.jvirtio.model;

import java.util.Arrays;

/**
 * Which pair of queues receives a frame (virtio 1.4 section 5.1.9.5.6, automatic steering): the one
 * that last transmitted for its flow, so that an answer comes back to whoever asked.
 *
 * <p>Flows are told apart by a hash that is the same in both directions; two flows of one hash
 * share a pair. Used under the function's lock.
 */
final class NetSteering {

    private static final int FLOWS = 1024;
    private static final int UNKNOWN = -1;

    private final int[] pairOf = new int[FLOWS];
    private int pairs = 1;

    NetSteering() {
        reset();
    }

    /** After a reset the first pair is the only one. */
    void reset() {
        use(1);
    }

    void use(int count) {
        pairs = count;
        Arrays.fill(pairOf, UNKNOWN);
    }

    /** Pairs in use. */
    int pairs() {
        return pairs;
    }

    /** A pair in use transmits a frame. */
    void sent(byte[] frame, int pair) {
        pairOf[slot(frame)] = pair;
    }

    /** The pair that receives a frame. */
    int pairFor(byte[] frame) {
        int slot = slot(frame);
        return pairOf[slot] == UNKNOWN ? slot % pairs : pairOf[slot];
    }

    private static int slot(byte[] frame) {
        int flow = NetPacket.in(frame).map(NetPacket::flow).orElseGet(() -> stations(frame));
        return Math.floorMod(flow ^ flow >>> 10 ^ flow >>> 20, FLOWS);
    }

    /** Of a frame without ports: who talks with whom. */
    private static int stations(byte[] frame) {
        return frame.length < 12
                ? 0
                : Long.hashCode(NetFilter.address(frame, 0) ^ NetFilter.address(frame, 6));
    }
}
