package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type, rightly and wrongly, and the exit status and words they get. */
class CommandTest {

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "frobnicate | there is no command",
                "explain | Missing required parameter",
                "explain nonsense | names no function",
                "explain emulated:toaster | there is no emulated device",
                "explain emulated:block,layout=round | round",
                "explain emulated:block --policy maybe | 'maybe' is no policy",
                "explain emulated:block -o xml | -o text or -o json",
                "explain sysfs:12 | 12",
                "explain overlay:list-loops | names no function behind its overlay",
                "explain overlay:list-loops@toaster | names no function",
                "faults faults/C99 | faults/C99",
                "faults --reach moon | Use emulated, guest, qtest, vfio-user",
                "overlay -o xml | -o text or -o json",
                "run --embedded --sideways | sideways",
                "guest --kernel /boot/vmlinuz -- probe | belong together",
                "guest | nothing is named",
                "guest --limit -1 -- probe | is no time",
                "guest --image x --load virtio_pci | has its own kernel",
                "image | Missing required parameter",
            })
    void aMistypedCommandIsExitStatus2AndSaysWhatWouldBeRight(String typed, String said) {
        CommandRun run = CommandRun.of(typed.split(" "));
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains(said), run.all());
        assertEquals("", run.out(), "nothing that a program could take for a result");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain sysfs:ffff:ff:1f.7",
                "explain vfio:ffff:ff:1f.7",
                "explain dump:/nowhere/at/all",
                "explain overlay:/nowhere/at/all@emulated:block",
                "explain emulated:block --overlay /nowhere/at/all",
                "overlay /nowhere/at/all",
                "explain emulated:block,image=/nowhere/at/all",
                "image /nowhere/at/all.jar",
                "guest --image /nowhere/at/all.image",
            })
    void whatIsNotThereIsExitStatus3(String typed) {
        CommandRun run = CommandRun.of(typed.split(" "));
        assertEquals(ExitCode.ENVIRONMENT, run.exit(), run.all());
        assertTrue(run.err().matches("(?s)jvirtio: .+: .+\\..*"), "three parts: " + run.all());
    }

    @Test
    void aRefusedLayoutIsExitStatus1WithTheOptionToChange() {
        CommandRun run = CommandRun.of("explain", "emulated:block", "--policy", "legacy");
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.out().contains("disable-legacy=off"), run.all());
    }

    @Test
    void anUnreadableDumpNamesItsLine() throws IOException {
        Path dump = Files.writeString(directory.resolve("dump.txt"), "00: f4 1a zz 10\n");
        CommandRun run = CommandRun.of("explain", "dump:" + dump);
        assertFalse(run.exit() == ExitCode.DONE, run.all());
        assertTrue(run.err().contains("line 1"), run.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"probe", "doctor", "probe emulated:block", "explain emulated:entropy"})
    void everyCommandSpeaksJson(String typed) throws IOException {
        CommandRun run = CommandRun.of((typed + " -o json").split(" "));
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        JSON.std.anyFrom(run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run", "probe", "explain", "guest", "image", "matrix", "bench", "doctor"})
    void everyCommandAnswersHelp(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("jvirtio " + command), run.all());
    }
}
