package org.jvirtio.learn.checker;

import static org.jvirtio.learn.exercise.SectorReader.Outcome.DONE;
import static org.jvirtio.learn.exercise.SectorReader.Outcome.FAILED;
import static org.jvirtio.learn.exercise.SectorReader.Outcome.NONSENSE;
import static org.jvirtio.learn.exercise.SectorReader.Outcome.UNSUPPORTED;

import java.util.HexFormat;
import java.util.List;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.SectorReader;
import org.jvirtio.learn.exercise.SectorReader.Outcome;

/** Lesson 6: requests, ranges, answers, and one partition table. */
public final class SectorChecker implements Checker<SectorReader> {

    private static final String REQUEST = "virtio 1.4 section 5.2.6";
    private static final String RANGE = "virtio 1.4 section 5.2.6.1";
    private static final String TABLE = "the MBR: entries at 446, signature at 510";
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    @Override
    public Class<SectorReader> asked() {
        return SectorReader.class;
    }

    @Override
    public List<Trial> trials(SectorReader code) {
        return List.of(
                header(
                                "IN (0), sector 0",
                                0,
                                0,
                                "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
                                code)
                        .hint("16 bytes, all zero."),
                header(
                                "OUT (1), sector 0x12345678",
                                1,
                                0x12345678L,
                                "01 00 00 00 00 00 00 00 78 56 34 12 00 00 00 00",
                                code)
                        .hint(
                                "Type at 0, reserved at 4, sector at 8, each little-endian: ByteBuffer"
                                        + " begins as BIG_ENDIAN."),
                header(
                                "IN, sector 0x1_0000_0001: more than 32 bits",
                                0,
                                0x1_0000_0001L,
                                "00 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00",
                                code)
                        .hint("The sector has 64 bits: putLong."),
                inside("sectors 0 to 7 of 8", 0, 8, 8, true, code)
                        .hint("All of the disk is on it."),
                inside("sector 8 of 8", 8, 1, 8, false, code).hint("Sectors are 0 to 7."),
                inside("sectors 7 and 8 of 8", 7, 2, 8, false, code)
                        .hint("The last one counts, not the first."),
                inside("sector -1", -1, 1, 8, false, code).hint("A negative sector is none."),
                inside("from sector 4, 2^63 - 1 of them", 4, Long.MAX_VALUE, 8, false, code)
                        .mistake(
                                true,
                                "sector + count has overflowed and is negative. Compare by"
                                        + " subtraction: count <= capacity - sector.")
                        .hint("Compare by subtraction."),
                outcome("status 0, 513 bytes", 0, 513, DONE, code)
                        .hint("512 of data and the status."),
                outcome("status 1", 1, 1, FAILED, code).hint("IOERR."),
                outcome("status 2", 2, 1, UNSUPPORTED, code).hint("UNSUPP."),
                outcome("status 0xff: nobody wrote it", 0xff, 513, NONSENSE, code)
                        .mistake(FAILED, "The device did not say that it failed. It said nothing.")
                        .hint("Only 0, 1 and 2 are statuses."),
                outcome("status 0, but only 1 byte written", 0, 1, NONSENSE, code)
                        .mistake(
                                DONE,
                                "Your caller gets 512 bytes that nobody wrote: what was in that"
                                        + " memory before.")
                        .hint("Success needs the data: usedLength."),
                outcome("status 0, 1024 bytes written", 0, 1024, NONSENSE, code)
                        .hint("More than there was room for."),
                Trial.of(
                                "a sector with 55 aa at its end, first partition at 2048",
                                TABLE,
                                2048L,
                                () -> code.firstPartition(disk(0x55, 0xaa, 2048)))
                        .hint(
                                "Entry 0 is at 446; its first sector is 8 bytes further on, 4 bytes,"
                                        + " little-endian."),
                Trial.of(
                                "first partition at 0xf0000000",
                                TABLE,
                                0xf0000000L,
                                () -> code.firstPartition(disk(0x55, 0xaa, 0xf0000000)))
                        .mistake(-268435456L, "An int is signed: & 0xffffffffL.")
                        .hint("32 bits, unsigned."),
                Trial.of("a sector of zeros", TABLE, -1L, () -> code.firstPartition(new byte[512]))
                        .mistake(0L, "Without the signature at 510 there is no table.")
                        .hint("Look for 55 aa at 510."),
                Trial.of(
                                "a sector with aa 55 at its end",
                                TABLE,
                                -1L,
                                () -> code.firstPartition(disk(0xaa, 0x55, 2048)))
                        .hint("Byte 510 is 55, byte 511 is aa."));
    }

    private static Trial header(
            String input, int type, long sector, String bytes, SectorReader code) {
        return Trial.of(
                "header of " + input,
                REQUEST,
                bytes,
                () -> HEX.formatHex(code.header(type, sector)));
    }

    private static Trial inside(
            String input, long sector, long count, long capacity, boolean is, SectorReader code) {
        return Trial.of(input, RANGE, is, () -> code.inside(sector, count, capacity));
    }

    private static Trial outcome(
            String input, int status, long used, Outcome expected, SectorReader code) {
        return Trial.of(
                "answer to a read of 512 bytes: " + input,
                REQUEST,
                expected,
                () -> code.outcome(status, used, 512));
    }

    private static byte[] disk(int first, int second, int start) {
        byte[] sector = new byte[512];
        for (int i = 0; i < 4; i++) {
            sector[454 + i] = (byte) (start >>> (8 * i));
        }
        sector[510] = (byte) first;
        sector[511] = (byte) second;
        return sector;
    }
}
