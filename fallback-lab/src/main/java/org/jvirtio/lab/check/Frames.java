package org.jvirtio.lab.check;

import java.nio.ByteBuffer;
import java.util.List;
import org.jvirtio.RingFeature;
import org.jvirtio.device.NetFeature;

/**
 * Frames for a network device. What is sent is a question for the owner of 10.0.2.2, so that a peer
 * with that address answers it; a device that receives what it sends answers itself.
 */
final class Frames {

    static final int LENGTH = 60;

    private static final byte[] OWN = {0x52, 0x54, 0, 0x12, 0x34, 0x77};
    private static final int[] EVERYBODY = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

    private final Bench bench;

    Frames(Bench bench) {
        this.bench = bench;
    }

    /** Bytes of the header before a frame (section 5.1.9). */
    int headerLength() {
        boolean longer =
                bench.accepted().has(RingFeature.VERSION_1)
                        || bench.accepted().has(NetFeature.MRG_RXBUF);
        return longer ? 12 : 10;
    }

    Buffer header() {
        return bench.buffer(headerLength());
    }

    List<Buffer> toSend() {
        return List.of(header(), bench.buffer(LENGTH).put(question(everybody(), own())));
    }

    /** The address of the device, or one of ours if it has none. */
    byte[] own() {
        if (!bench.offers(NetFeature.MAC)) {
            return OWN.clone();
        }
        byte[] address = new byte[6];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) bench.registers().deviceConfig().read8(i);
        }
        return address;
    }

    static byte[] everybody() {
        byte[] address = new byte[6];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) EVERYBODY[i];
        }
        return address;
    }

    /** An ARP request, padded to the least length of a frame. */
    static byte[] question(byte[] to, byte[] from) {
        ByteBuffer frame = ByteBuffer.allocate(LENGTH);
        frame.put(to).put(from).putShort((short) 0x0806);
        frame.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
        frame.putShort((short) 1);
        frame.put(from).put(new byte[] {10, 0, 2, 15});
        frame.put(new byte[6]).put(new byte[] {10, 0, 2, 2});
        return frame.array();
    }
}
