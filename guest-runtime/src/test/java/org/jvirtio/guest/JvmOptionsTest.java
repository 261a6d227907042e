package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Options that whoever makes an image chooses, beside those of every guest. */
final class JvmOptionsTest {

    @Test
    void whatIsChosenComesLastAndSoOverridesWhatEveryGuestHas() {
        List<String> options = options("-XX:TieredStopAtLevel=4", "-Xmx64m").inGuest();

        assertTrue(options.contains("-XX:TieredStopAtLevel=1"), options::toString);
        assertEquals(
                List.of("\"-XX:TieredStopAtLevel=4\"", "\"-Xmx64m\""),
                options.subList(options.size() - 2, options.size()));
    }

    /** "Conflicting collector combinations in option list" ends a JVM that is given two. */
    @Test
    void aCollectorThatIsChosenTakesThePlaceOfOurs() {
        List<String> options = options("-XX:+UseParallelGC").onHost();

        assertTrue(options.contains("-XX:+UseParallelGC"), options::toString);
        assertFalse(options.contains("-XX:+UseSerialGC"), options::toString);
        assertTrue(options("-Xmx64m").onHost().contains("-XX:+UseSerialGC"));
    }

    @Test
    void aWordOfTheArgumentFileKeepsItsSpacesAndQuotes() {
        List<String> options = options("-Dwords=a \"b\" c\\d").inGuest();

        assertEquals("\"-Dwords=a \\\"b\\\" c\\\\d\"", options.get(options.size() - 1));
    }

    private static JvmOptions options(String... chosen) {
        return new JvmOptions("app/0-a.jar", List.of(), List.of(chosen));
    }
}
