package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** Which processors there are, and a thread's place on one of them. */
class ProcessorsTest {

    @Test
    void aListOfTheKernelHasRangesAndSingleNumbers() {
        assertEquals(List.of(0, 1, 2, 5), Processors.numbers("0-2,5"));
    }

    @Test
    void aPinnedThreadMayRunOnOneProcessorOnly() throws Exception {
        int last = Processors.allowed().get(Processors.allowed().size() - 1);
        FutureTask<String> pinned = new FutureTask<>(() -> allowedAfterPinningTo(last));
        new Thread(pinned).start();
        assertEquals("" + last, pinned.get());
    }

    @Test
    void aProcessorThatIsNotThereIsRefusedWithThoseThatAre() {
        EnvironmentException thrown =
                assertThrows(EnvironmentException.class, () -> Processors.pinThisThreadTo(100_000));
        assertTrue(thrown.getMessage().contains(Processors.allowed().toString()));
    }

    private static String allowedAfterPinningTo(int processor) throws IOException {
        Processors.pinThisThreadTo(processor);
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
