package org.jvirtio.cli.bench.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.block.Measurement.Figures;

/** What {@code block_peer} prints. */
class CPeerTest {

    private static final String LINE =
            "{\"opsPerSecond\":58931.5,\"megabytesPerSecond\":241.383,\"p50Micros\":9.344,"
                    + "\"p99Micros\":79.872,\"cpuPercent\":99.8,\"errors\":2,"
                    + "\"doorbellsPerOp\":1.0000,\"features\":\"0x330000000\"}\n";

    @Test
    void theLineHoldsTheFigures() throws IOException {
        assertEquals(new Figures(58931.5, 241.383, 9.344, 79.872, 99.8, 2), CPeer.parse(LINE));
    }

    @Test
    void aFigureThatIsMissingOrNoNumberIsNamed() {
        for (String line :
                new String[] {
                    LINE.replace("p99Micros", "p90Micros"), LINE.replace("79.872", "\"nan\"")
                }) {
            EnvironmentException e =
                    assertThrows(EnvironmentException.class, () -> CPeer.parse(line));
            assertTrue(e.getMessage().contains("p99Micros"), e.getMessage());
        }
        assertThrows(EnvironmentException.class, () -> CPeer.parse(""));
        assertThrows(EnvironmentException.class, () -> CPeer.parse("{\"opsPerSecond\":-nan}"));
    }
}
