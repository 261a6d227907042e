package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

    @TempDir Path directory;

    @Test
    void noRaceHasAForbiddenOutcomeAndWithoutAFenceOneWould() throws Exception {
        Path log = directory.resolve("log");
        Process jcstress =
                new ProcessBuilder(command())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = jcstress.waitFor(LONG ? 120 : 5, TimeUnit.MINUTES);
        jcstress.destroyForcibly();
        String output = read(log);

        assertTrue(ended, output);
        // jcstress also ends with 0 when no JVM would start, so it is not enough.
        assertEquals(0, jcstress.waitFor(), output);
        assertTrue(output.contains("Failed tests: No matches"), output);
        assertTrue(output.contains("Error tests: No matches"), output);
        assertTrue(output.contains("All remaining tests: " + RACES + " matching"), output);
        String interesting = output.substring(output.indexOf("Interesting tests:"));
        assertTrue(interesting.contains("org.jvirtio.proofs.WithoutFence"), "cannot fail" + output);
    }

    /** In full: every combination of compilers, some 950 JVMs; half an hour and more. */
    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>();
        Collections.addAll(command, java, "-cp", System.getProperty("java.class.path"));
        Collections.addAll(command, "org.openjdk.jcstress.Main", "-t", "org.jvirtio.proofs");
        // Queues are large states: few at a time, and a small heap so that they go soon.
        Collections.addAll(command, "-strideSize", "32", "-strideCount", "32");
        if (LONG) {
            Collections.addAll(command, "-jvmArgsPrepend", "-Xmn16m", "-time", "200");
        } else {
            Collections.addAll(command, "-jvmArgs", "-Xmn16m", "-sc", "false", "-af", "NONE");
            Collections.addAll(command, "-f", "1", "-fsm", "1", "-iters", "2", "-time", "150");
        }
        return command;
    }

    private static String read(Path log) throws IOException {
        return Files.readString(log).replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
