package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.offered;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jvirtio.device.NetConfig;
import org.jvirtio.device.NetFeature;

/** Headers and frames of a network device (virtio 1.4 section 5.1.9), sent and received. */
final class FrameChecks {

    private static final int ETHERNET_HEADER = 14;

    /** For experiments (IEEE 802): nobody answers it but a device that hears itself. */
    private static final short EXPERIMENTAL = (short) 0x88b5;

    private static final short VLAN = (short) 0x8100;

    private FrameChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "NET-03",
                offered(NetFeature.MTU, FrameChecks::passesFramesOfItsMtu),
                "NET-21",
                bench -> sendsAllTheSame(bench, h -> h.memory().write8(0, 0xf0)),
                "NET-22",
                bench -> sendsAllTheSame(bench, FrameChecks::checksumNonsense),
                "NET-23",
                bench -> sendsAllTheSame(bench, h -> h.memory().write16(2, 0xffff)),
                "NET-27",
                FrameChecks::countsTheBuffers,
                "NET-28",
                offered(NetFeature.MRG_RXBUF, FrameChecks::fillsAllButTheLast),
                "NET-29",
                FrameChecks::setsNoFlags,
                "NET-30",
                FrameChecks::segmentsNothing,
                "NET-41",
                FrameChecks::passesTaggedFrames);
    }

    private static void checksumNonsense(Buffer header) {
        header.memory().write16(6, 0xfff0);
        header.memory().write16(8, 0xfff0);
    }

    /** Sends the same question twice, the second time with something in its header. */
    private static Finding sendsAllTheSame(Bench bench, Consumer<Buffer> oddity) {
        Wire wire = new Wire(bench, Wire.WHOLE);
        byte[] plain = wire.answer().bytes();
        Buffer header = wire.frames().header();
        oddity.accept(header);
        wire.send(header, Frames.question(Frames.everybody(), wire.frames().own()));
        byte[] odd = wire.next().map(Wire.Received::bytes).orElse(new byte[0]);
        return Finding.that(
                Arrays.equals(plain, odd),
                "header %s: %s, %d bytes; header of %d zeros: %d bytes",
                header.hex(wire.frames().headerLength()),
                odd.length == 0
                        ? "no answer"
                        : Arrays.equals(plain, odd) ? "the same answer" : "another answer",
                odd.length,
                wire.frames().headerLength(),
                plain.length);
    }

    private static Finding countsTheBuffers(Bench bench) {
        Wire wire = new Wire(bench, Wire.WHOLE);
        if (wire.frames().headerLength() < 12) {
            return Finding.skip("the short header has no num_buffers");
        }
        Wire.Received plain = wire.answer();
        if (!bench.offers(NetFeature.MRG_RXBUF)) {
            return Finding.that(plain.numBuffers() == 1, "num_buffers %d", plain.numBuffers());
        }
        Wire.Received merged = new Wire(bench, 32, NetFeature.MRG_RXBUF).answer();
        return Finding.that(
                plain.numBuffers() == 1 && merged.numBuffers() == merged.lengths().size(),
                "num_buffers %d; with MRG_RXBUF %d, and %d buffers are used",
                plain.numBuffers(),
                merged.numBuffers(),
                merged.lengths().size());
    }

    private static Finding fillsAllButTheLast(Bench bench) {
        int length = 32;
        Wire.Received received = new Wire(bench, length, NetFeature.MRG_RXBUF).answer();
        int last = received.lengths().size() - 1;
        boolean full = received.lengths().subList(0, last).stream().allMatch(l -> l == length);
        return Finding.that(
                full && last > 0 && received.numBuffers() == last + 1,
                "num_buffers %d, used at once with lengths %s of %d",
                received.numBuffers(),
                received.lengths(),
                length);
    }

    private static Finding setsNoFlags(Bench bench) {
        int flags = new Wire(bench, Wire.WHOLE).answer().flags();
        return Finding.that(flags == 0, "GUEST_CSUM not accepted: flags 0x%02x", flags);
    }

    private static Finding segmentsNothing(Bench bench) {
        int type = new Wire(bench, Wire.WHOLE).answer().gsoType();
        return Finding.that(type == 0, "no segmentation accepted: gso_type 0x%02x", type);
    }

    private static Finding passesFramesOfItsMtu(Bench bench) {
        int mtu = (int) bench.field(NetConfig.MTU);
        if (mtu + ETHERNET_HEADER > 0x4000) {
            return Finding.skip("mtu %d is more than this bench has buffers for", mtu);
        }
        Wire wire = new Wire(bench, 12 + ETHERNET_HEADER + mtu, NetFeature.MTU);
        byte[] frame = frame(wire, mtu, EXPERIMENTAL);
        wire.send(frame);
        return wire.next()
                .map(
                        received ->
                                Finding.that(
                                        endsWith(received.bytes(), frame),
                                        "mtu %d: a frame of %d bytes comes back with %d",
                                        mtu,
                                        frame.length,
                                        received.bytes().length - wire.frames().headerLength()))
                .orElseGet(() -> lost(wire, "of " + frame.length + " bytes"));
    }

    private static Finding passesTaggedFrames(Bench bench) {
        if (bench.offers(NetFeature.CTRL_VLAN)) {
            return Finding.skip("CTRL_VLAN is offered, and nobody here sends tagged frames");
        }
        Wire wire = new Wire(bench, Wire.WHOLE);
        byte[] frame = frame(wire, 100, VLAN);
        wire.send(frame);
        return wire.next()
                .map(
                        received ->
                                Finding.that(
                                        endsWith(received.bytes(), frame),
                                        "a tagged frame of %d bytes comes back with %d",
                                        frame.length,
                                        received.bytes().length - wire.frames().headerLength()))
                .orElseGet(() -> lost(wire, "with a tag"));
    }

    /** A device that hears itself has lost it; elsewhere nobody sends it back. */
    private static Finding lost(Wire wire, String frame) {
        byte[] question = Frames.question(Frames.everybody(), wire.frames().own());
        return endsWith(wire.answer().bytes(), question)
                ? Finding.fail("a frame %s does not come back, a plain one does", frame)
                : Finding.skip("nobody sends a frame %s back", frame);
    }

    private static byte[] frame(Wire wire, int payload, short kind) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_HEADER + payload);
        frame.put(Frames.everybody()).put(wire.frames().own()).putShort(kind);
        for (int i = 0; frame.hasRemaining(); i++) {
            frame.put((byte) i);
        }
        return frame.array();
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        int from = bytes.length - end.length;
        return from >= 0 && Arrays.equals(Arrays.copyOfRange(bytes, from, bytes.length), end);
    }
}
