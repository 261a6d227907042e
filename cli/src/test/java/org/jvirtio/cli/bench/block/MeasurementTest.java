package org.jvirtio.cli.bench.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvirtio.cli.bench.block.Measurement.Figures;

/** The lines that travel from the guest to the host. */
class MeasurementTest {

    @Test
    void aMeasurementArrivesAsItWasSent() {
        Measurement sent =
                new Measurement(
                        2,
                        "null/1.x/poll/4k-random-read-d1",
                        Peer.FIO_FIXED,
                        new Figures(1.5, 2, 3, 4, 5, 0),
                        "");

        assertEquals(Optional.of(sent), Measurement.parse(sent.line()));
    }

    @Test
    void aFailureArrivesWithItsReason() {
        Measurement sent = Measurement.failed(1, "cell", Peer.C, "it said: \"no\"\n");

        assertEquals(Optional.of(sent), Measurement.parse(sent.line()));
    }

    @Test
    void whatIsNoMeasurementIsToldApart() {
        for (String line :
                new String[] {
                    "", "fio: hello", "{", "{\"round\":1}", "{\"round\":\"x\",\"peer\":\"c\"}"
                }) {
            assertEquals(Optional.empty(), Measurement.parse(line), line);
        }
    }
}
