package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** QEMU's man page, section -drive: a comma in a value has to be doubled. */
class QemuValueTest {

    @ParameterizedTest
    @CsvSource({"'/tmp/a,b', '/tmp/a,,b'", "'/tmp/a,,b', '/tmp/a,,,,b'", "/tmp/a=b, /tmp/a=b"})
    void aCommaIsWrittenTwiceAndNothingElseIsChanged(String file, String written) {
        assertEquals(written, QemuValue.of(file));
        assertEquals(written, QemuValue.of(Path.of(file)));
    }

    @Test
    void socketAndMemoryOfAQemuWithoutAGuestMayHaveOne() {
        List<String> command = QemuWithoutGuest.command(Path.of("/tmp/a,b"), List.of());
        assertTrue(command.contains("unix:/tmp/a,,b/qemu.sock,server=on,wait=off"), "" + command);
        assertTrue(command.toString().contains("mem-path=/tmp/a,,b/qemu.sock.ram"), "" + command);
    }
}
