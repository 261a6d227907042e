package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.FeatureSet;
import org.jvirtio.device.ConsolePort;

/** Bytes go both ways through a console's port and its streams without an allocation. */
class ConsoleAllocationTest {

    private static final int PORT = 1;
    private static final int RECEIVE = 4;
    private static final int TRANSMIT = 5;
    private static final int WARM_UP = 200_000;
    private static final int ROUNDS = 1_000_000;

    /** What the JVM does once, such as loading a class late, it does in one of them. */
    private static final int MEASUREMENTS = 3;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] bytes = new byte[100];

    static Stream<Named<FeatureSet>> formats() {
        return Stream.of(
                Named.of("split, event index", Formats.SPLIT_EVENT),
                Named.of("packed, event index", Formats.PACKED_EVENT));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aMillionWritesAndReadsAllocateNothing(FeatureSet features) throws IOException {
        ConsolePair pair = new ConsolePair(features);
        pair.bring(ConsolePair.CONTROL_RECEIVE, ConsolePair.message(PORT, 1, 1), 8);
        pair.bring(ConsolePair.CONTROL_RECEIVE, ConsolePair.message(PORT, 6, 1), 8);
        ConsolePort port = pair.driver.awaitPort(PORT);
        port.open();
        turn(pair, port, WARM_UP);
        assertTrue(thread.getCurrentThreadAllocatedBytes() > 0, "this JVM does not count");

        long least = Long.MAX_VALUE;
        for (int i = 0; i < MEASUREMENTS; i++) {
            least = Math.min(least, allocatedBy(pair, port));
        }

        assertTrue(least < 1024, least + " bytes, of two streams and two limits");
        assertEquals(0, pair.driver.dropped());
    }

    private long allocatedBy(ConsolePair pair, ConsolePort port) throws IOException {
        long before = thread.getCurrentThreadAllocatedBytes();
        turn(pair, port, ROUNDS);
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    private void turn(ConsolePair pair, ConsolePort port, int rounds) throws IOException {
        InputStream in = port.input();
        OutputStream out = port.output(Duration.ofSeconds(1));
        for (int i = 0; i < rounds; i++) {
            out.write(bytes, 0, bytes.length);
            pair.takeAll(TRANSMIT);
            pair.bring(RECEIVE, bytes, bytes.length);
            int got = in.read(bytes, 0, bytes.length);
            if (got != bytes.length) {
                throw new AssertionError(got + " bytes read");
            }
        }
    }
}
