package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that somebody ends in the middle: no process, no file and no foreign directory suffers. */
class EndedRunTest {

    private static final int KILLED = 137;
    private static final int INTERRUPTED = 130;

    @TempDir private Path directory;

    @Test
    void controlCEndsQemuAndLeavesNoFile() throws Exception {
        Process run = guestThatRuns();
        List<ProcessHandle> children = run.toHandle().descendants().toList();
        signal("INT", run);
        assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        assertEquals(INTERRUPTED, run.exitValue());
        assertGone(children);
        assertEquals(List.of("err"), List.of(directory.toFile().list()));
        String err = Files.readString(directory.resolve("err"));
        assertFalse(err.contains("\tat ") || err.contains("Mend its arguments"), err);
    }

    @Test
    void whatAKilledRunLeftGoesWithTheNext() throws Exception {
        Process run = guestThatRuns();
        List<ProcessHandle> children = run.toHandle().descendants().toList();
        signal("KILL", run);
        assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        assertEquals(KILLED, run.exitValue());
        assertGone(children);
        for (File left :
                directory.toFile().listFiles((parent, name) -> name.startsWith("jvirtio-"))) {
            // Young ones are spared: they may not have their lock yet.
            Files.setLastModifiedTime(left.toPath().resolve("lock"), FileTime.fromMillis(0));
        }
        ScratchDirectory.make(directory).close();
        assertEquals(List.of("err"), List.of(directory.toFile().list()));
    }

    @Test
    void theDirectoryOfARunThatGoesOnIsLeftAlone() throws IOException {
        try (ScratchDirectory first = ScratchDirectory.make(directory)) {
            Files.setLastModifiedTime(first.path().resolve("lock"), FileTime.fromMillis(0));
            ScratchDirectory.make(directory).close();
            assertTrue(Files.isDirectory(first.path()));
        }
    }

    /** A printed QEMU command names disks that the next run must not sweep away. */
    @Test
    void aDirectoryThatWasKeptStays() {
        ScratchDirectory kept = ScratchDirectory.make(directory);
        kept.keep();
        kept.close();
        assertEquals(List.of(), List.of(kept.path().toFile().list()), "no lock to be found");
        ScratchDirectory.make(directory).close();
        assertTrue(Files.isDirectory(kept.path()));
    }

    /** Returns once QEMU is there. */
    private Process guestThatRuns() throws Exception {
        new Tool("qemu-system-x86_64", "qemu-system-x86").find();
        Map<String, String> environment = new HashMap<>();
        environment.put("TMPDIR", directory.toString());
        Process run =
                OwnJvm.command(environment, "run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(directory.resolve("err").toFile())
                        .start();
        for (int i = 0; i < 600 && !hasQemu(run); i++) {
            assertTrue(run.isAlive(), Files.readString(directory.resolve("err")));
            Thread.sleep(100);
        }
        assertTrue(hasQemu(run), "no QEMU after a minute");
        return run;
    }

    private static boolean hasQemu(Process run) {
        return run.descendants()
                .anyMatch(child -> child.info().command().orElse("").contains("qemu-system"));
    }

    /** By name: Java can only ask nicely, or kill. */
    private static void signal(String name, Process process) throws Exception {
        String pid = String.valueOf(process.pid());
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
        assertEquals(0, kill.waitFor());
    }

    private static void assertGone(List<ProcessHandle> children) throws InterruptedException {
        assertFalse(children.isEmpty());
        for (ProcessHandle child : children) {
            for (int i = 0; i < 100 && isRunning(child); i++) {
                Thread.sleep(100);
            }
            assertFalse(isRunning(child), child.info()::toString);
        }
    }

    /** A process that ended and that nobody has waited for is still listed, without a command. */
    private static boolean isRunning(ProcessHandle process) {
        assertNotNull(process);
        return process.isAlive() && process.info().command().isPresent();
    }
}
