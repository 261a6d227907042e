package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceReader;

/**
 * Traces that our driver left in a guest of QEMU 7.2, over VFIO, are played to a QEMU without a
 * guest: it answers as it did then. Fails where there is no QEMU, and says so.
 */
class QtestScriptTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rng-virtio1.trace | virtio-rng-pci,disable-legacy=on
                    rng-legacy.trace  | virtio-rng-pci,disable-modern=on
                    """)
    void qemuAnswersAsItDidInTheGuest(String name, String device) throws Exception {
        List<String> script = QtestScript.lines(trace(name), 4);
        try (QtestMachine qemu = QtestMachine.start(directory, device)) {
            assertEquals(List.of(), qemu.play(script));
        }
        long compared = script.stream().filter(line -> line.contains(" # = ")).count();
        assertTrue(compared > 30, compared + " answers were compared");
    }

    /** The comparison can fail: a device of another kind has other registers. */
    @Test
    void anotherDeviceAnswersOtherwise() throws Exception {
        List<String> script = QtestScript.lines(trace("rng-virtio1.trace"), 4);
        try (QtestMachine qemu = QtestMachine.start(directory, "virtio-rng-pci,vectors=5")) {
            assertTrue(qemu.play(script).size() > 1);
        }
    }

    @Test
    void portsAndMemoryHaveTheirOwnCommands() throws IOException {
        List<String> memory = QtestScript.lines(trace("rng-virtio1.trace"), 4);
        List<String> ports = QtestScript.lines(trace("rng-legacy.trace"), 4);
        assertTrue(memory.stream().anyMatch(line -> line.startsWith("writeb 0x")));
        assertTrue(ports.stream().anyMatch(line -> line.matches("outb 0x[0-9a-f]+ 0x7")));
        assertTrue(memory.contains("outl 0xcf8 0x80002000"), memory.toString());
    }

    @Test
    void aBusHas32Slots() throws IOException {
        Trace trace = trace("rng-legacy.trace");
        assertThrows(IllegalArgumentException.class, () -> QtestScript.lines(trace, 32));
    }

    /** Recorded with {@code jvirtio guest --device DEVICE -- trace record vfio:... -o -}. */
    private static Trace trace(String name) throws IOException {
        try (InputStream stream = QtestScriptTest.class.getResourceAsStream(name)) {
            return TraceReader.parse(
                    name, new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }
}
