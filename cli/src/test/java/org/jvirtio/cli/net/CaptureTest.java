package org.jvirtio.cli.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Check;

/** Two captures hold the same frames, or the first difference is named (pcap-savefile(5)). */
class CaptureTest {

    private static final String HEADER = "4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000";
    private static final String RECORD = "01000000 02000000 0e000000 0e000000";
    private static final String SENT = RECORD + "525400abcdef 525400123456 0800";
    private static final String RECEIVED = RECORD + "525400123456 525400abcdef 0800";
    private static final String OTHER = RECORD + "525400123456 525400abcdee 0800";

    @TempDir private Path directory;

    @Test
    void theOrderBetweenTheDirectionsDoesNotMatter() throws IOException {
        assertTrue(held(HEADER + SENT + RECEIVED, HEADER + RECEIVED + SENT));
    }

    @Test
    void aFrameThatIsMissingOrAnotherIsFound() throws IOException {
        assertFalse(held(HEADER + SENT + RECEIVED, HEADER + SENT));
        assertFalse(held(HEADER + SENT, HEADER + SENT + RECEIVED));
        assertFalse(held(HEADER + SENT + RECEIVED, HEADER + SENT + OTHER));
        assertFalse(held(HEADER, HEADER));
    }

    @Test
    void aRecordThatIsCutOffIsTheEnd() throws IOException {
        Capture cut = capture(HEADER + SENT + RECORD + "5254");
        assertEquals(1, cut.sent().size());
        assertEquals(0, cut.received().size());
    }

    @Test
    void aRecordLongerThanAnyFileIsTheEnd() throws IOException {
        String length = "ffffff7f";
        Capture cut = capture(HEADER + SENT + "01000000 02000000" + length + length + "5254");
        assertEquals(1, cut.sent().size());
    }

    @Test
    void whatIsNoCaptureIsSaid() {
        EnvironmentException said =
                assertThrows(EnvironmentException.class, () -> capture("00".repeat(24)));
        assertTrue(said.getMessage().contains("begins with 0x00000000"), said.getMessage());
    }

    private boolean held(String ours, String theirs) throws IOException {
        List<Check> checks = Capture.same(capture(ours), capture(theirs));
        return checks.stream().allMatch(Check::ok);
    }

    private Capture capture(String hex) throws IOException {
        Path file = directory.resolve("capture.pcap");
        Files.write(file, HexFormat.of().parseHex(hex.replace(" ", "")));
        return Capture.read(file, NetTour.MAC_BYTES);
    }
}
