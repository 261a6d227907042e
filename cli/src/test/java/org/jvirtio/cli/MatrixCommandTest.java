package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code matrix}: what people type, on the models; and the guest, for real. */
class MatrixCommandTest {

    private static final String ONE = "matrix/emulated/transitional/auto/msix/packed/all/block";

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "matrix --layout round | Use legacy, register-set",
                "matrix --policy maybe | legacy-first,lenient",
                "matrix --reach guest --layout mail-fast-isr --list | none of matrix's cases",
                "matrix --reach moon | Use emulated, guest, qtest, vfio-user",
                "matrix --reach guest no/such/cell | none of",
                "matrix no/such/cell | --list shows them",
                "matrix --shard 5/4 | there is none",
                "matrix --jobs 0 | at least one job",
                "matrix -o xml | text, json, ktap, junit, html",
                "matrix -o json -o ktap | all but one to a file",
            })
    void aMistypedSelectionIsExitStatus2AndSaysWhatWouldBeRight(String typed, String said) {
        CommandRun run = CommandRun.of(typed.split(" "));
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains(said), run.all());
        assertEquals("", run.out(), "nothing that a program could take for a result");
    }

    @Test
    void oneCellAloneRunsByItsId() {
        CommandRun run = CommandRun.of("matrix", ONE);
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("PASS    " + ONE), run.all());
    }

    @Test
    void whatIsWrittenToFilesIsAlsoToldAsText() throws IOException {
        Path junit = directory.resolve("m.xml");
        Path json = directory.resolve("m.json");
        CommandRun run =
                CommandRun.of(
                        "matrix",
                        "--layout",
                        "mail-fast-isr",
                        "--policy",
                        "auto",
                        "-o",
                        "junit=" + junit,
                        "-o",
                        "json=" + json);
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("this device has no MSI-X table"), run.all());
        assertTrue(Files.readString(junit).contains("<testcase classname=\"matrix.emulated\""));
        Map<?, ?> counts = (Map<?, ?>) JSON.std.mapFrom(Files.readString(json)).get("counts");
        assertEquals(112, counts.get("PASS"), counts.toString());
        assertEquals(112, counts.get("SKIP"), counts.toString());
    }

    @Test
    void aFileThatCannotBeWrittenCostsNoOtherFormOfTheReport() throws IOException {
        Path lost = directory.resolve("no-directory").resolve("m.xml");
        Path json = directory.resolve("m.json");
        CommandRun run = CommandRun.of("matrix", ONE, "-o", "junit=" + lost, "-o", "json=" + json);
        assertEquals(ExitCode.ENVIRONMENT, run.exit(), run.all());
        assertTrue(run.out().contains("PASS    " + ONE), run.all());
        assertTrue(Files.readString(json).contains(ONE));
        assertTrue(run.err().contains(lost.toString()), run.all());
    }

    @Test
    void listingRunsNothing() {
        CommandRun run = CommandRun.of("matrix", "--list", "--layout", "legacy", "--ring", "split");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(
                run.out().lines().allMatch(line -> line.startsWith("matrix/emulated/legacy/")),
                run.all());
        assertEquals("", run.err());
    }

    @Test
    void aRunOfSkippedCellsAloneIsNotGood() {
        CommandRun run =
                CommandRun.of(
                        "matrix", "--layout", "legacy", "--ring", "packed", "--policy", "auto");
        assertEquals(ExitCode.ENVIRONMENT, run.exit(), run.all());
        assertTrue(run.err().contains("every case was skipped"), run.all());
    }

    @Test
    void aPartWithoutCasesIsGoodBecauseAnotherHasThem() {
        int passed = 0;
        for (int part = 1; part <= 4; part++) {
            CommandRun run = CommandRun.of("matrix", ONE, "--shard", part + "/4", "-o", "ktap");
            assertEquals(ExitCode.DONE, run.exit(), run.all());
            passed += run.out().contains("ok 1 matrix/emulated") ? 1 : 0;
        }
        assertEquals(1, passed);
    }

    @Test
    void aGuestDrivesCellsOfEveryDeviceAndEveryLayout() throws IOException {
        CommandRun run =
                CommandRun.of(
                        "matrix",
                        "--reach",
                        "guest",
                        "--policy",
                        "auto",
                        "--interrupts",
                        "msix",
                        "--features",
                        "event-idx+indirect",
                        "-o",
                        "json");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        Map<?, ?> counts = (Map<?, ?>) JSON.std.mapFrom(run.out()).get("counts");
        assertEquals(List.of(24, 0), List.of(counts.get("PASS"), counts.get("SKIP")), run.all());
    }
}
