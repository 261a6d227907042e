package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.offered;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jvirtio.Feature;
import org.jvirtio.device.NetFeature;

/** The commands of a network device that choose what it receives (virtio 1.4 section 5.1.9.5). */
final class FilterChecks {

    private static final int RX = 0;
    private static final int PROMISC = 0;
    private static final int ALLMULTI = 1;
    private static final int NOBCAST = 5;
    private static final int MAC = 1;
    private static final int TABLE_SET = 0;
    private static final int ADDR_SET = 1;
    private static final int DONE = 0;

    private static final byte[] FOREIGN = {0x52, 0x54, 0, 0x66, 0x66, 0x66};
    private static final byte[] OTHER = {0x52, 0x54, 0, 0x12, 0x34, 0x7f};

    private FilterChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "NET-35", offered(NetFeature.CTRL_RX, FilterChecks::takesEveryMode),
                "NET-37", offered(NetFeature.CTRL_RX, FilterChecks::forgetsItsTable),
                "NET-38", offered(NetFeature.CTRL_MAC_ADDR, FilterChecks::showsItsNewAddress),
                "NET-39", offered(NetFeature.CTRL_RX, FilterChecks::dropsFramesForOthers));
    }

    private static Wire wire(Bench bench, Feature... more) {
        List<Feature> features = new ArrayList<>(List.of(more));
        features.add(NetFeature.CTRL_VQ);
        return new Wire(bench, Wire.WHOLE, features.toArray(Feature[]::new));
    }

    private static Finding takesEveryMode(Bench bench) {
        boolean extra = bench.offers(NetFeature.CTRL_RX_EXTRA);
        Wire wire =
                extra
                        ? wire(bench, NetFeature.CTRL_RX, NetFeature.CTRL_RX_EXTRA)
                        : wire(bench, NetFeature.CTRL_RX);
        List<String> answers = new ArrayList<>();
        boolean good = true;
        for (int mode = PROMISC; mode <= (extra ? NOBCAST : ALLMULTI); mode++) {
            int on = wire.command(RX, mode, new byte[] {1});
            int off = wire.command(RX, mode, new byte[] {0});
            good &= on == DONE && off == DONE;
            answers.add(String.format("%d: %d, %d", mode, on, off));
        }
        return Finding.that(good, "acknowledgements of modes on and off: %s", answers);
    }

    /** A device that never drops a frame is one for NET-39; its table cannot be seen. */
    private static Finding forgetsItsTable(Bench bench) {
        Wire wire = picky(bench);
        if (wire.receivesFor(FOREIGN)) {
            return Finding.skip("frames for others come in without a table, too");
        }
        int ack = wire.command(MAC, TABLE_SET, table(FOREIGN));
        boolean listed = wire.receivesFor(FOREIGN);
        boolean afterReset = picky(bench).receivesFor(FOREIGN);
        return Finding.that(
                ack == DONE && listed && !afterReset,
                "with the address in the table (%d) its frame is %s, after a reset %s",
                ack,
                listed ? "received" : "dropped",
                afterReset ? "received" : "dropped");
    }

    private static Finding dropsFramesForOthers(Bench bench) {
        Wire wire = picky(bench);
        boolean foreign = wire.receivesFor(FOREIGN);
        return Finding.that(
                !foreign, "a frame for another address is %s", foreign ? "received" : "dropped");
    }

    /** A device that receives only what is for it; the check ends if nobody sends anything. */
    private static Wire picky(Bench bench) {
        Wire wire = wire(bench, NetFeature.CTRL_RX);
        wire.answer();
        int ack = wire.command(RX, PROMISC, new byte[] {0});
        if (ack != DONE) {
            throw new EndedException(
                    Finding.fail("turning PROMISC off is acknowledged with %d", ack));
        }
        return wire;
    }

    /** One unicast address, no multicast ones. */
    private static byte[] table(byte[] address) {
        return ByteBuffer.allocate(14)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .put(address)
                .putInt(0)
                .array();
    }

    private static Finding showsItsNewAddress(Bench bench) {
        Wire wire = wire(bench, NetFeature.CTRL_MAC_ADDR, NetFeature.MAC);
        byte[] before = wire.frames().own();
        int ack = wire.command(MAC, ADDR_SET, OTHER);
        byte[] after = wire.frames().own();
        wire.command(MAC, ADDR_SET, before);
        return Finding.that(
                ack == DONE && Arrays.equals(after, OTHER),
                "acknowledged with %d, mac reads %s",
                ack,
                Arrays.toString(after));
    }
}
