package org.jvirtio.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link tells where it lies and what it is, and has an arrow to what comes next. */
class ChainPictureTest {

    @Test
    void everyLinkIsAPartAndHasAnArrow() {
        List<ChainLink> links =
                List.of(
                        new ChainLink("0x34", "40", 0, "the first"),
                        new ChainLink("0x40", "09 00", 3, "<the last>"));
        String svg = Page.fragment(new ChainPicture("list", links, "the end")::write);
        assertTrue(svg.contains("aria-label=\"0x40: 09 00, &lt;the last&gt;\""), svg);
        assertTrue(svg.contains(">the end</text>"), svg);
        assertEquals(2, Pattern.compile("class=\"arrow\"").matcher(svg).results().count(), svg);
    }

    @Test
    void aPointerIsOneOfTheLetters() {
        assertThrows(IllegalArgumentException.class, () -> new ChainLink("0x40", "09", 2, ""));
    }
}
