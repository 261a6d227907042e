package org.jvirtio.cli.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Check;

/**
 * The frames of a capture (pcap-savefile(5)), by direction: who sends and who receives write down
 * what crosses in between in different orders, but each direction has only one.
 *
 * @param sent by the station with the address that was asked for
 * @param received by it
 */
record Capture(List<byte[]> sent, List<byte[]> received) {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    private static final int LENGTH = 8;
    private static final int SENDER = 6;

    /**
     * Reads a capture.
     *
     * @param mac six bytes
     */
    static Capture read(Path path, byte[] mac) {
        try {
            return parse(Files.readAllBytes(path), mac);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading the capture " + path + ": " + e + ". Let QEMU write there.", e);
        }
    }

    private static Capture parse(byte[] bytes, byte[] mac) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int magic = bytes.length < HEADER_BYTES ? 0 : file.getInt(0);
        if (magic != MICROSECONDS && magic != NANOSECONDS) {
            throw new EnvironmentException(
                    String.format(
                            "reading a capture of %d bytes: it begins with 0x%08x, which is not"
                                    + " that of a pcap file of this machine. Run it again.",
                            bytes.length, magic));
        }
        Capture capture = new Capture(new ArrayList<>(), new ArrayList<>());
        int at = HEADER_BYTES;
        while (at + RECORD_BYTES <= bytes.length) {
            int length = file.getInt(at + LENGTH);
            int frame = at + RECORD_BYTES;
            if (length < SENDER + mac.length || length > bytes.length - frame) {
                break; // QEMU was ended while it wrote.
            }
            capture.add(Arrays.copyOfRange(bytes, frame, frame + length), mac);
            at = frame + length;
        }
        return capture;
    }

    private void add(byte[] frame, byte[] mac) {
        boolean ours = Arrays.equals(frame, SENDER, SENDER + mac.length, mac, 0, mac.length);
        (ours ? sent : received).add(frame);
    }

    /** That both hold the same frames, whose first difference is named. */
    static List<Check> same(Capture ours, Capture theirs) {
        return List.of(
                same("sent", ours.sent, theirs.sent),
                same("received", ours.received, theirs.received));
    }

    private static Check same(String direction, List<byte[]> ours, List<byte[]> theirs) {
        int common = Math.min(ours.size(), theirs.size());
        int same = 0;
        while (same < common && Arrays.equals(ours.get(same), theirs.get(same))) {
            same++;
        }
        boolean ok = same == ours.size() && same == theirs.size() && same > 0;
        return new Check(
                "our capture and QEMU's hold the same frames " + direction,
                ok,
                ok
                        ? same + " frames"
                        : String.format(
                                "ours has %d, QEMU's %d, the first %d are the same",
                                ours.size(), theirs.size(), same));
    }
}
