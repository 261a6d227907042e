package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.Selection;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.guest.GuestResult;

/**
 * Boots the guest of {@code bench block} for moments of every peer. Without QEMU, a C compiler or
 * Debian's fio this fails and says what to install: a peer that never ran proves nothing.
 */
class BlockGuestTest {

    @TempDir private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

    /** The second round shows that each gave the disk back in the first. */
    @Test
    void everybodyHasATurnInEachRoundOnDisksOfBothLayouts() {
        BlockPlan plan = new BlockPlan(Selection.parse("null,4k,write,d1"), 2, 0.1, 0);
        Console console = new Console(err, err, Paint.none());
        BlockGuest guest = new BlockGuest(plan, new GuestOptions(), directory, console);

        BootTwice<BlockFindings> ran =
                BootTwice.run(() -> new BlockFindings(plan, console), guest::run);
        GuestResult boot = ran.boot();
        BlockFindings findings = ran.findings();

        assertEquals("", boot.failure().or(boot::fault).orElse(""));
        assertEquals(List.of(), guest.notes());
        assertEquals(List.of(), findings.notes(), () -> said.toString(StandardCharsets.UTF_8));
        assertEquals(2 * 2 * 4, findings.cells().size());
        for (Cell cell : findings.cells()) {
            assertEquals(
                    Set.of("jvirtio", "C", "fio io_uring", "fio io_uring, fixed buffers"),
                    cell.samples().keySet(),
                    cell.label());
            cell.samples()
                    .values()
                    .forEach(
                            samples ->
                                    assertTrue(
                                            samples.stream().allMatch(one -> one > 0),
                                            () -> cell.label() + " " + samples));
        }
    }
}
