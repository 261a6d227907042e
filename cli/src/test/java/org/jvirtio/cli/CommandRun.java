package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One command, run in this process as the launcher would run it, and what it printed. */
record CommandRun(int exit, String out, String err) {

    static CommandRun of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.execute(new Console(stream(out), stream(err), Paint.none()), arguments);
        return new CommandRun(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Holds a run against the exit status of a refusal, and the parts of its message. */
    static void refused(CommandRun run, int exit, String... parts) {
        assertEquals(exit, run.exit(), run.all());
        assertFalse(run.err().contains("\tat "), "no stack trace: " + run.all());
        for (String part : parts) {
            assertTrue(run.err().contains(part), "'" + part + "' in: " + run.all());
        }
    }

    /** Everything, for the message of a failed test. */
    String all() {
        return "exit " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
    }
}
