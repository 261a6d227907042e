package org.jvirtio.learn.checker;

import java.util.HexFormat;
import java.util.List;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.PingFrames;

/** Lesson 8: headers, sums, and echo requests, of which some are damaged. */
public final class PingChecker implements Checker<PingFrames> {

    private static final String HEADER = "virtio 1.4 section 5.1.9.1";
    private static final String SUM = "RFC 1071";
    private static final String ECHO = "RFC 792";
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final String NOTHING = "nothing";

    @Override
    public Class<PingFrames> asked() {
        return PingFrames.class;
    }

    @Override
    public List<Trial> trials(PingFrames code) {
        return List.of(
                header("legacy", false, false, 10, code)
                        .mistake(
                                12,
                                "The old header has no num_buffers: every frame would begin two bytes"
                                        + " too late."),
                header("legacy with MRG_RXBUF", false, true, 12, code)
                        .mistake(10, "Mergeable buffers need num_buffers, in the old layout too."),
                header("virtio 1.x", true, false, 12, code)
                        .mistake(
                                10,
                                "With VERSION_1 num_buffers is always there, even without MRG_RXBUF."),
                header("virtio 1.x with MRG_RXBUF", true, true, 12, code).hint("12."),
                sum(
                                "00 01 f2 03 f4 f5 f6 f7, the example of the RFC",
                                "00 01 f2 03 f4 f5 f6 f7",
                                0x220d,
                                code)
                        .mistake("0xddf2", "This is the sum; the checksum is its complement.")
                        .mistake(
                                "0x220f",
                                "The carries above bit 15 have to be added at the bottom.")
                        .hint("Big-endian words; carries are added back; then ~."),
                sum("ff ff ff ff", "ff ff ff ff", 0, code)
                        .hint("The sum is 0xffff after the carry, its complement 0."),
                sum("01: an odd number of bytes", "01", 0xfeff, code)
                        .mistake("0xfffe", "The last byte is the upper half of its word.")
                        .hint("A missing last byte counts as 0: the word is 0x0100."),
                sum(
                                "ff ff ff ff 00 01: a carry that brings another",
                                "ff ff ff ff 00 01",
                                0xfffe,
                                code)
                        .mistake(
                                "0xffff",
                                "0x1ffff is 0x10000 with its carry added: there is a carry again.")
                        .hint("Add the carry back until there is none."),
                answer(
                                "an echo request, 12 34, sequence 1",
                                "08 00 e5 ca 12 34 00 01",
                                "00 00 ed ca 12 34 00 01",
                                code)
                        .mistake(
                                "00 00 e5 ca 12 34 00 01",
                                "The type changed, so the checksum does, too.")
                        .hint("Type 0, checksum 0, then the checksum over all of it."),
                answer(
                                "one with data",
                                "08 00 83 67 12 34 00 01 62 63",
                                "00 00 8b 67 12 34 00 01 62 63",
                                code)
                        .hint("The data comes back as it is."),
                answer("an echo reply", "00 00 ed ca 12 34 00 01", NOTHING, code)
                        .hint("Only type 8 is a request. Two who answer answers never stop."),
                answer("a damaged request", "08 00 e5 ca 12 34 00 02", NOTHING, code)
                        .hint("The checksum over a whole good message is 0."),
                answer("seven bytes", "08 00 f7 ff 00 00 00", NOTHING, code)
                        .hint("An echo request has at least 8 bytes. Look at the length first."),
                answer("no bytes at all", "", NOTHING, code).hint("Look at the length first."));
    }

    private static Trial header(
            String input, boolean version1, boolean mergeable, int bytes, PingFrames code) {
        return Trial.of(
                "header bytes, " + input,
                HEADER,
                bytes,
                () -> code.headerBytes(version1, mergeable));
    }

    private static Trial sum(String input, String bytes, int expected, PingFrames code) {
        return Trial.of(
                "checksum of " + input,
                SUM,
                String.format("0x%x", expected),
                () -> String.format("0x%x", code.checksum(parse(bytes))));
    }

    private static Trial answer(String input, String bytes, String expected, PingFrames code) {
        return Trial.of(
                "answer to " + input, ECHO, expected, () -> text(code.answer(parse(bytes))));
    }

    private static String text(byte[] bytes) {
        return bytes.length == 0 ? NOTHING : HEX.formatHex(bytes);
    }

    private static byte[] parse(String hex) {
        return hex.isEmpty() ? new byte[0] : HEX.parseHex(hex);
    }
}
