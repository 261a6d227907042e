package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jvirtio trace} says and returns, on models. */
class TraceCommandTest {

    @TempDir private Path directory;

    private String file;

    @BeforeEach
    void record() {
        file = directory.resolve("block.trace").toString();
        CommandRun run = CommandRun.of("trace", "record", "emulated:block", "-o", file);
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals("", run.out());
    }

    @Test
    void printNamesRegistersBitsAndClauses() {
        CommandRun run = CommandRun.of("trace", "print", file);
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(
                run.out()
                        .contains(
                                "COMMON_CFG DEVICE_STATUS  ACKNOWLEDGE|DRIVER|FEATURES_OK"
                                        + "  (virtio 1.4 section 4.1.4.3)"),
                run.out());
        assertTrue(run.out().contains("-- phase work"), run.out());
    }

    @Test
    void printSpeaksJson() throws IOException {
        CommandRun run = CommandRun.of("trace", "print", file, "-o", "json");
        Map<String, Object> tree = JSON.std.mapFrom(run.out());
        assertEquals("emulated:block", tree.get("function"));
        List<?> accesses = (List<?>) tree.get("accesses");
        assertTrue(
                accesses.stream()
                        .anyMatch(
                                access ->
                                        "QUEUE_NOTIFY"
                                                .equals(((Map<?, ?>) access).get("register"))),
                run.out());
    }

    @Test
    void filterKeepsWhatFulfilsEveryCondition() {
        CommandRun run = CommandRun.of("trace", "filter", file, "--register", "status", "--writes");
        List<String> lines = run.out().lines().skip(1).toList();
        assertEquals(6, lines.size(), run.all());
        assertTrue(lines.stream().allMatch(line -> line.contains(" w8 ")), run.all());
        CommandRun none = CommandRun.of("trace", "filter", file, "--from", "1000000");
        assertEquals(1, none.out().lines().count(), none.all());
    }

    @Test
    void rulesSayWhatTheDriverKept() {
        CommandRun run = CommandRun.of("trace", "rules", file);
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("STA-01  kept "), run.all());
        assertTrue(run.out().contains("LEG-12  -  "), run.all());
        CommandRun one = CommandRun.of("trace", "rules", file, "--id", "COM-13", "-o", "json");
        assertTrue(one.out().contains("kept"), one.all());
        assertEquals(ExitCode.USAGE, CommandRun.of("trace", "rules", file, "--id", "X").exit());
    }

    @Test
    void rulesSayWhatTheDriverBroke() throws IOException {
        String text =
                Files.readString(Path.of(file)).replaceFirst("(?m)^.* w8 BAR4.0x14 0x03$", "");
        Path broken = Files.writeString(directory.resolve("broken.trace"), text);
        CommandRun run = CommandRun.of("trace", "rules", broken.toString(), "--id", "STA-01");
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.out().contains("broken"), run.all());
    }

    @Test
    void compareSaysWhetherAndWhere() {
        String other = directory.resolve("other.trace").toString();
        CommandRun.of("trace", "record", "emulated:block,queue=64", "-o", other);
        CommandRun same = CommandRun.of("trace", "compare", file, file);
        CommandRun differs = CommandRun.of("trace", "compare", file, other);
        assertEquals(ExitCode.DONE, same.exit(), same.all());
        assertEquals(ExitCode.FAILED, differs.exit(), differs.all());
        assertTrue(differs.out().contains("first difference at access"), differs.all());
        assertTrue(differs.out().contains("QUEUE_SIZE"), differs.all());
    }

    @Test
    void replayComparesTheModelWithTheTrace() {
        CommandRun same = CommandRun.of("trace", "replay", file);
        assertEquals(ExitCode.DONE, same.exit(), same.all());
        assertTrue(same.out().contains("deviations: 0"), same.all());
        CommandRun other =
                CommandRun.of("trace", "replay", file, "--on", "emulated:block,queue=64");
        assertEquals(ExitCode.FAILED, other.exit(), other.all());
        assertTrue(other.out().contains("first: event "), other.all());
    }

    @Test
    void replayRunsTheDriverOnTheRecordedDevice() {
        CommandRun same = CommandRun.of("trace", "replay", file, "--driver");
        assertEquals(ExitCode.DONE, same.exit(), same.all());
        CommandRun other =
                CommandRun.of("trace", "replay", file, "--driver", "--policy", "pci-cfg");
        assertEquals(ExitCode.FAILED, other.exit(), other.all());
        assertTrue(other.out().contains("driver: deviated"), other.all());
    }

    @Test
    void replayWritesToModelsOnly() {
        CommandRun run = CommandRun.of("trace", "replay", file, "--on", "vfio:0000:00:04.0");
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains("is no model"), run.all());
    }

    @Test
    void exportWritesCommandsForQtest() {
        CommandRun run = CommandRun.of("trace", "export", file, "--qtest", "-", "--slot", "5");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().startsWith("outl 0xcf8 0x80002814\noutl 0xcfc"), run.out());
        CommandRun wrong = CommandRun.of("trace", "export", file, "--qtest", "-", "--slot", "32");
        assertEquals(ExitCode.USAGE, wrong.exit(), wrong.all());
    }

    @Test
    void recordToStandardOutputIsATraceAndNothingElse() throws IOException {
        CommandRun run = CommandRun.of("trace", "record", "emulated:entropy", "-o", "-");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        Path copy = Files.writeString(directory.resolve("copy.trace"), run.out());
        CommandRun print = CommandRun.of("trace", "print", copy.toString());
        assertEquals(ExitCode.DONE, print.exit(), print.all());
    }

    @Test
    void recordKeepsTheTraceOfADriverThatGivesUp() throws IOException {
        String broken = directory.resolve("broken.trace").toString();
        CommandRun run =
                CommandRun.of(
                        "trace", "record", "emulated:entropy,fault=queue-size-zero", "-o", broken);
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        CommandRun print = CommandRun.of("trace", "filter", broken, "--register", "status");
        assertTrue(print.out().contains("FAILED"), print.all());
    }

    @Test
    void recordKeepsTheLatestEventsWhereThatWasAskedFor() {
        String few = directory.resolve("few.trace").toString();
        CommandRun.of("trace", "record", "emulated:entropy", "--latest", "3", "-o", few);
        CommandRun print = CommandRun.of("trace", "print", few);
        assertEquals(5, print.out().lines().count(), print.all());
        assertTrue(print.out().contains("events before were not kept"), print.all());
    }

    @Test
    void aFileThatIsNoTraceIsRefusedByLineAndColumn() throws IOException {
        Path wrong = Files.writeString(directory.resolve("x"), "hello\n");
        CommandRun run = CommandRun.of("trace", "print", wrong.toString());
        assertEquals(ExitCode.ENVIRONMENT, run.exit(), run.all());
        assertTrue(run.err().contains("line 1, column 1"), run.all());
    }
}
