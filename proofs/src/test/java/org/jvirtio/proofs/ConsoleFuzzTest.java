package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jvirtio.FeatureSet;

/**
 * The bytes of the fuzzer are a console device: what it says of its ports, what it brings to them,
 * how long it claims that to be, and whether it listens, while somebody opens, closes, reads and
 * writes. Whatever it says, nothing comes out but the driver's own exceptions and those of streams;
 * there are never more ports than queues, nor names that cannot be printed; and it ends.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried.
 */
class ConsoleFuzzTest {

    @FuzzTest(maxDuration = "280s")
    void control(FuzzedDataProvider data) {
        FeatureSet format = data.consumeBoolean() ? Formats.PACKED_EVENT : Formats.SPLIT_EVENT;
        new HostileConsole(format, data).run();
    }
}
