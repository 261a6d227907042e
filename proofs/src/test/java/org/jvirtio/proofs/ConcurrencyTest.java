package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the races of this package under jcstress, in JVMs of their own: driver and device side on
 * two threads, compiled in every combination, and every outcome counted.
 */
class ConcurrencyTest {

    private static final boolean LONG = Boolean.getBoolean("jvirtio.long");

    /** All but the one that has to show what it shows. */
    private static final int RACES = 13;

    /** How often the outcome of a missing fence is looked for: a busy machine may not show it. */
    private static final int TRIES = 10;

    private static final String WITHOUT_FENCE = "org.jvirtio.proofs.WithoutFence";

    @TempDir Path directory;

    @Test
    void noRaceHasAForbiddenOutcome() throws Exception {
        String output = run("org.jvirtio.proofs", LONG ? inFull() : inShort());

        assertTrue(output.contains("Failed tests: No matches"), output);
        assertTrue(output.contains("Error tests: No matches"), output);
        int all = isInteresting(output) ? RACES : RACES + 1;
        assertTrue(output.contains("All remaining tests: " + all + " matching"), output);
    }

    /** Otherwise the race that is named for the lost wake-up could not fail. */
    @Test
    void withoutAFenceAWakeUpIsLost() throws Exception {
        String output = "";
        for (int i = 0; i < TRIES && !isInteresting(output); i++) {
            output = run(WITHOUT_FENCE, inShort());
        }
        assertTrue(isInteresting(output), output);
    }

    private static boolean isInteresting(String output) {
        int from = output.indexOf("Interesting tests:");
        return from >= 0 && output.indexOf(WITHOUT_FENCE, from) >= 0;
    }

    private String run(String races, List<String> effort) throws Exception {
        Path log = directory.resolve("log");
        Process jcstress =
                new ProcessBuilder(command(races, effort))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = jcstress.waitFor(LONG ? 120 : 5, TimeUnit.MINUTES);
        jcstress.destroyForcibly();
        String output = Files.readString(log).replaceAll("\u001b\\[[0-9;]*m", "");
        assertTrue(ended, output);
        // jcstress also ends with 0 when no JVM would start, so it is not enough.
        assertEquals(0, jcstress.waitFor(), output);
        return output;
    }

    private static List<String> command(String races, List<String> effort) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>();
        Collections.addAll(command, java, "-cp", System.getProperty("java.class.path"));
        Collections.addAll(command, "org.openjdk.jcstress.Main", "-t", races);
        // Queues are large states: few at a time, and a small heap so that they go soon.
        Collections.addAll(command, "-strideSize", "32", "-strideCount", "32");
        command.addAll(effort);
        return command;
    }

    /** Every combination of compilers, some 950 JVMs; half an hour and more. */
    private static List<String> inFull() {
        return List.of("-jvmArgsPrepend", "-Xmn16m", "-time", "200");
    }

    private static List<String> inShort() {
        String words = "-jvmArgs -Xmn16m -sc false -af NONE -f 1 -fsm 1 -iters 2 -time 150";
        return List.of(words.split(" "));
    }
}
