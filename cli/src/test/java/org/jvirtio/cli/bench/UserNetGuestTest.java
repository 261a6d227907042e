package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.Paint;

/**
 * Boots the guests of {@code bench http} and {@code bench ping} for a moment of both drivers.
 * Without QEMU or Debian's ping this fails and says what to install.
 */
class UserNetGuestTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void bothDriversDownloadTheSameFile() {
        assertBothMeasured("http", "--mib", "1", "--rounds", "1", "--warm-up", "0");
    }

    @Test
    void bothDriversGetTheirAnswersFromTheGateway() {
        String text =
                assertBothMeasured("ping", "--count", "20", "--rounds", "1", "--warm-up", "1");
        assertTrue(text.contains("ping from iputils "), text);
    }

    private String assertBothMeasured(String... arguments) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Console console = new Console(out, out, Paint.none());
        int code = BenchCommand.line(console).execute(arguments);

        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, code, text);
        assertTrue(text.contains("ratio to virtio_net"), text);
        return text;
    }
}
