package org.jvirtio.cli.bench.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

    private final LatencyHistogram histogram = new LatencyHistogram();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 63, 64, 65, 1000, 123_456_789, 4_000_000_000L})
    void aLatencyComesBackWithinThreePerCent(long nanos) {
        histogram.add(nanos);

        assertEquals((double) nanos, histogram.quantile(0.5), 0.5 + nanos * 0.032);
    }

    @Test
    void theLongestTimeThereIsHasABucket() {
        histogram.add(Long.MAX_VALUE);

        assertEquals(0x1p63, histogram.quantile(0.5), 0x1p63 * 0.032);
    }

    @Test
    void quantilesCountFromTheShortest() {
        for (int i = 1; i <= 100; i++) {
            histogram.add(i <= 90 ? 1000 : 50_000);
        }

        assertEquals(1000, histogram.quantile(0.5), 32);
        assertEquals(1000, histogram.quantile(0.89), 32);
        assertEquals(50_000, histogram.quantile(0.99), 1600);
    }

    @Test
    void nothingHasNoQuantile() {
        histogram.add(7);
        histogram.clear();

        assertEquals(0, histogram.quantile(0.5));
    }
}
