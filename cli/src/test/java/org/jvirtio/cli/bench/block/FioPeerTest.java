package org.jvirtio.cli.bench.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.block.Measurement.Figures;

/** What fio is told and what it answers; the answer is one of fio 3.33, cut to what is read. */
class FioPeerTest {

    private static final Load READ = new Load(false, true, 4096, 1);
    private static final Load WRITE = new Load(true, false, 131072, 128);

    @Test
    void theFiguresOfEachLoadAreThoseOfItsDirection() throws IOException {
        Map<String, Figures> all = FioPeer.parse(answer());

        assertEquals(Set.of("4k-random-read-d1", "128k-sequential-write-d32"), all.keySet());
        assertEquals(
                new Figures(1644766.169154, 6736.962228, 0.386, 1.192, 89.5, 0),
                all.get("4k-random-read-d1"));
        assertEquals(
                new Figures(105298.507463, 13801.68597, 6.688, 13.504, 93.5, 0),
                all.get("128k-sequential-write-d32"));
    }

    @Test
    void complaintsBeforeTheFiguresDoNotHideThem() throws IOException {
        assertEquals(2, FioPeer.parse("fio: a warning\n" + answer()).size());
    }

    @Test
    void aLoadThatFailedHasNoFigures() throws IOException {
        String failed = answer().replaceFirst("\"error\": 0", "\"error\": 5");

        assertEquals(Set.of("128k-sequential-write-d32"), FioPeer.parse(failed).keySet());
    }

    @Test
    void anAnswerOfAnotherFormIsRefusedWithWhatIsMissing() throws IOException {
        String other = answer().replace("\"iops\"", "\"operations\"");

        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> FioPeer.parse(other));

        assertTrue(e.getMessage().contains("its iops is null"), e.getMessage());
        assertThrows(EnvironmentException.class, () -> FioPeer.parse("killed"));
    }

    @Test
    void oneStartMeasuresEveryLoad() {
        List<String> words = FioPeer.command(Peer.FIO, "/dev/vdb", List.of(READ, WRITE), 0.5);

        int first = words.indexOf("--name=4k-random-read-d1");
        int second = words.indexOf("--name=128k-sequential-write-d128");
        assertTrue(words.subList(0, first).contains("--filename=/dev/vdb"), words::toString);
        assertTrue(words.subList(0, first).contains("--runtime=500ms"), words::toString);
        assertTrue(words.subList(first, second).contains("--rw=randread"), words::toString);
        assertTrue(words.subList(second, words.size()).contains("--rw=write"), words::toString);
        assertTrue(!words.contains("--fixedbufs"), words::toString);
    }

    @Test
    void theOtherWayRegistersItsBuffersAndFilesAndSubmitsInBatches() {
        List<String> words = FioPeer.command(Peer.FIO_FIXED, "/dev/vda", List.of(WRITE), 1);

        assertTrue(
                words.containsAll(
                        List.of(
                                "--fixedbufs",
                                "--registerfiles",
                                "--iodepth_batch_submit=32",
                                "--iodepth_batch_complete_max=128")),
                words::toString);
    }

    private static String answer() throws IOException {
        try (InputStream in = FioPeerTest.class.getResourceAsStream("fio-3.33.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
