package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What joins a train, what does not, and that nothing is lost on it. */
class TrainTest {

    private static final int ACK = 0x10;
    private static final int PSH = 0x08;
    private static final int FIN = 0x01;
    private static final byte[] NO_OPTIONS = {};
    private static final int FRAMES = 100_000;

    /** No-operation twice, then a time stamp (RFC 7323 section 3.2). */
    private static final byte[] TIME_STAMP = Packets.bytes("0101 080a 00000001 00000002");

    private final Train train = new Train();

    private static byte[] data(int count, int first) {
        byte[] data = new byte[count];
        for (int i = 0; i < count; i++) {
            data[i] = (byte) (first + i);
        }
        return data;
    }

    private static byte[] segment(int sequence, int count) {
        return Packets.tcp(sequence, ACK, NO_OPTIONS, data(count, sequence));
    }

    private boolean add(byte[] frame) {
        return train.add(Station.frame(frame));
    }

    private byte[] joined() {
        byte[] bytes = new byte[train.length()];
        train.memory().copyTo(0, bytes, 0, bytes.length);
        return bytes;
    }

    @Test
    void segmentsThatFollowEachOtherBecomeOne() {
        assertTrue(add(segment(1_000, 100)));
        assertTrue(add(segment(1_100, 100)));
        assertTrue(add(segment(1_200, 60)));

        assertEquals(3, train.frames());
        assertEquals(100, train.segmentBytes());
        byte[] whole = joined();
        assertArrayEquals(data(260, 1_000), Arrays.copyOfRange(whole, 54, whole.length));
        byte[] packet = Packets.ipv4(6, Packets.PEER_IP, Packets.OUR_IP, new byte[280]);
        assertArrayEquals(Arrays.copyOf(packet, 34), Arrays.copyOf(whole, 34));
    }

    /** The kernel makes the checksum from there (NEEDS_CSUM), should somebody ask for it. */
    @Test
    void theSumOfThePseudoHeaderStandsInPlaceOfTheChecksum() {
        add(segment(1_000, 100));
        add(segment(1_100, 100));

        byte[] whole = joined();
        int pseudo = (whole[50] & 0xff) << 8 | (whole[51] & 0xff);
        byte[] rest = Packets.bytes("0a000202 0a00020f 0006 00dc");
        assertEquals(Packets.sum(rest, 0, rest.length), pseudo);
    }

    @Test
    void aFrameAloneStaysAsItCame() {
        byte[] frame = segment(1_000, 100);
        add(frame);

        assertArrayEquals(frame, joined());
        assertEquals(0, train.segmentBytes());
    }

    @Test
    void whatIsNoTcpStaysAsItCameAndNothingJoinsIt() {
        byte[] frame = Packets.ipv4(17, Packets.PEER_IP, Packets.OUR_IP, new byte[80]);
        add(frame);

        assertFalse(add(segment(1_000, 100)));
        assertArrayEquals(frame, joined());
    }

    /** Each is the second of two, and differs from one that would join in one thing. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a receiver,           0,  1",
        "a type,               12, 1",
        "a version,            14, 0x10",
        "a header length,      14, 1",
        "a service,            15, 1",
        "a total length,       16, 1",
        "a fragment offset,    21, 1",
        "more fragments,       20, 0x20",
        "a time to live,       22, 1",
        "a protocol,           23, 1",
        "a header checksum,    25, 1",
        "a source,             29, 1",
        "a source port,        35, 1",
        "a destination port,   37, 1",
        "a sequence number,    41, 1",
        "an acknowledgment,    45, 1",
        "a data offset,        46, 0x10",
        "FIN,                  47, 1",
        "SYN,                  47, 2",
        "RST,                  47, 4",
        "URG,                  47, 0x20",
        "no ACK,               47, 0x10",
        "a congestion mark,    47, 0x40",
        "a window,             49, 1",
        "a checksum,           51, 1",
        "an urgent pointer,    53, 1",
        "a byte of data,       60, 1",
    })
    void otherwiseItDoesNotJoin(String what, int offset, String bits) {
        byte[] frame = segment(1_100, 100);
        assertFalse(joinsAfterwards(frame, flip(frame, offset, Integer.decode(bits))), what);
    }

    /** The same with every checksum made right again, so that it is not that what is seen. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a service,            15, 1",
        "more fragments,       20, 0x20",
        "a time to live,       22, 1",
        "a source port,        35, 1",
        "a sequence number,    41, 1",
        "an acknowledgment,    45, 1",
        "FIN,                  47, 1",
        "a congestion mark,    47, 0x40",
        "a window,             49, 1",
        "an urgent pointer,    53, 1",
    })
    void otherwiseItDoesNotJoinThoughItsChecksumsAreRight(String what, int offset, String bits) {
        byte[] frame = flip(segment(1_100, 100), offset, Integer.decode(bits));
        byte[] right = Packets.withTcpSum(Packets.withHeaderSum(frame));
        assertFalse(joinsAfterwards(segment(1_100, 100), right), what);
    }

    /** First that the frame which is right would join, so that a false has its reason. */
    private boolean joinsAfterwards(byte[] right, byte[] frame) {
        add(segment(1_000, 100));
        assertTrue(add(right));
        train.clear();
        add(segment(1_000, 100));
        return add(frame);
    }

    private static byte[] flip(byte[] frame, int offset, int bits) {
        byte[] flipped = frame.clone();
        flipped[offset] ^= (byte) bits;
        return flipped;
    }

    @Test
    void optionsThatDifferDoNotJoin() {
        byte[] later = TIME_STAMP.clone();
        later[7]++;
        add(Packets.tcp(1_000, ACK, TIME_STAMP, data(100, 0)));

        assertFalse(add(Packets.tcp(1_100, ACK, later, data(100, 0))));
        assertTrue(add(Packets.tcp(1_100, ACK, TIME_STAMP, data(100, 0))));
    }

    @Test
    void nothingFollowsAPush() {
        add(segment(1_000, 100));
        assertTrue(add(Packets.tcp(1_100, ACK | PSH, NO_OPTIONS, data(100, 0))));

        assertFalse(add(segment(1_200, 100)));
        assertEquals(ACK | PSH, joined()[47]);
    }

    @Test
    void nothingFollowsAShorterOne() {
        add(segment(1_000, 100));
        assertTrue(add(segment(1_100, 99)));

        assertFalse(add(segment(1_199, 100)));
    }

    @Test
    void aLongerOneDoesNotJoin() {
        add(segment(1_000, 100));

        assertFalse(add(segment(1_100, 101)));
    }

    @Test
    void aSegmentWithoutDataOrWithAnEndDoesNotBegin() {
        add(Packets.tcp(1_000, ACK, NO_OPTIONS, new byte[0]));
        assertFalse(add(segment(1_000, 100)));
        train.clear();
        add(Packets.tcp(1_000, ACK | FIN, NO_OPTIONS, data(100, 0)));

        assertFalse(add(segment(1_101, 100)));
    }

    @Test
    void sequenceNumbersGoRound() {
        add(segment(-50, 100));

        assertTrue(add(segment(50, 100)));
    }

    @Test
    void paddingBehindTheLastIsLeftAway() {
        byte[] last = segment(1_100, 4);
        add(segment(1_000, 100));

        assertTrue(add(Arrays.copyOf(last, 60)));
        assertEquals(54 + 104, train.length());
    }

    @Test
    void noTrainIsLongerThanAPacketCanSay() {
        int sequence = 0;
        while (add(segment(sequence, 1_460))) {
            sequence += 1_460;
        }

        assertEquals((65_535 - 40) / 1_460, train.frames());
        byte[] whole = joined();
        assertEquals(whole.length - 14, (whole[16] & 0xff) << 8 | (whole[17] & 0xff));
    }

    @Test
    void aFrameAllocatesNothing() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Frame first = Station.frame(segment(1_000, 100));
        Frame second = Station.frame(segment(1_100, 100));
        assertTrue(thread.getCurrentThreadAllocatedBytes() > 0, "this JVM does not count");
        join(first, second);
        long before = thread.getCurrentThreadAllocatedBytes();
        join(first, second);
        long bytes = thread.getCurrentThreadAllocatedBytes() - before;
        // When the JVM takes back what it compiled it makes objects once, and not for each frame.
        assertEquals(0, bytes / FRAMES, bytes + " bytes for " + FRAMES + " frames");
        assertEquals(2, train.frames());
    }

    private void join(Frame first, Frame second) {
        for (int i = 0; i < FRAMES; i += 2) {
            train.clear();
            train.add(first);
            train.add(second);
        }
    }

    /** Streams cut at random, some frames spoilt, cut short, or with a gap before the next. */
    @Test
    void takenApartAgainTheFramesAreThoseThatCame() {
        Random random = new Random(793);
        int joined = 0;
        for (int run = 0; run < 300; run++) {
            List<byte[]> frames = traffic(random);
            List<byte[]> found = new ArrayList<>();
            for (byte[] frame : frames) {
                if (!add(frame)) {
                    joined += train.frames() - 1;
                    takeApart(found);
                    assertTrue(add(frame));
                }
            }
            takeApart(found);
            assertEquals(frames.size(), found.size());
            for (int i = 0; i < found.size(); i++) {
                assertArrayEquals(frames.get(i), found.get(i), "frame " + i + " of run " + run);
            }
        }
        assertTrue(joined > 1_000, joined + " frames joined");
    }

    private static List<byte[]> traffic(Random random) {
        List<byte[]> frames = new ArrayList<>();
        int sequence = random.nextInt();
        for (int i = 0; i < 30; i++) {
            int count = random.nextInt(4) == 0 ? 1 + random.nextInt(200) : 200;
            int flags = random.nextInt(8) == 0 ? ACK | PSH : ACK;
            byte[] frame = Packets.tcp(sequence, flags, NO_OPTIONS, data(count, i));
            if (random.nextInt(10) == 0) {
                frame = flip(frame, random.nextInt(frame.length), 1 << random.nextInt(8));
            }
            if (random.nextInt(20) == 0) {
                frame = Arrays.copyOf(frame, Ethernet.PAYLOAD + random.nextInt(frame.length - 14));
            }
            sequence += random.nextInt(10) == 0 ? 0 : count;
            frames.add(frame);
        }
        return frames;
    }

    /** As the kernel would, which keeps PSH for the last. */
    private void takeApart(List<byte[]> found) {
        byte[] whole = joined();
        int each = train.segmentBytes();
        if (each == 0) {
            found.add(whole);
        } else {
            int last = whole[47];
            int sequence = java.nio.ByteBuffer.wrap(whole).getInt(38);
            for (int at = 54; at < whole.length; at += each) {
                int end = Math.min(at + each, whole.length);
                int flags = end == whole.length ? last : ACK;
                byte[] data = Arrays.copyOfRange(whole, at, end);
                found.add(Packets.tcp(sequence + at - 54, flags, NO_OPTIONS, data));
            }
        }
        train.clear();
    }
}
