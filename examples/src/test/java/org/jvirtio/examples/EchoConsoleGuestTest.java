package org.jvirtio.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody types on the host, and a guest answers over our driver (virtio 1.4 section 5.3). */
@Timeout(180)
class EchoConsoleGuestTest {

    @Test
    void linesTypedOnTheHostComeBackFromTheGuest() throws Exception {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("hello\nist da wer? ä\n".getBytes(UTF_8)));
        String printed;
        try {
            printed = ExamplesTest.run("EchoConsole");
        } finally {
            System.setIn(before);
        }
        String cameBack = "It came back: ";
        List<String> lines =
                printed.lines()
                        .filter(line -> line.startsWith(cameBack))
                        .map(line -> line.substring(cameBack.length()))
                        .toList();
        assertEquals(List.of("hello", "ist da wer? ä"), lines, printed);
        assertTrue(printed.contains("\n21 bytes went back\n"), "the guest counts: " + printed);
        assertTrue(printed.contains("The guest ended: well"), printed);
    }
}
