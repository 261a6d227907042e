package org.jvirtio.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Words and numbers as a drawing has them. */
class DrawingTest {

    @Test
    void longWordsAreBrokenAtSpacesAndEndInDots() {
        assertEquals(List.of("a bee", "sees"), Drawing.wrapped("a bee sees", 6, 3));
        assertEquals(List.of("abcdef", "gh"), Drawing.wrapped("abcdefgh", 6, 3));
        assertEquals(List.of("ab cd", "ef gh…"), Drawing.wrapped("ab cd ef ghi jk", 6, 2));
    }

    @Test
    void aDetailIsReadAsOneLineWhateverADevicePutThere() {
        assertEquals(List.of("a\\nb\\x1b[2J"), Drawing.wrapped("a\nb\u001b[2J", 40, 3));
    }

    @Test
    void numbersHaveAFullStopInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("1.5", Drawing.number(1.5));
            assertEquals("2", Drawing.number(2));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyPartHasItsDetailAsTextAndAsItsName() {
        Drawing drawing = new Drawing("a picture", 20);
        drawing.part("<one>", () -> drawing.rectangle("entry", 0, 0, 10, 10));
        String svg = Page.fragment(drawing::into);
        assertTrue(svg.contains("tabindex=\"0\""), svg);
        assertTrue(svg.contains("aria-label=\"&lt;one&gt;\""), svg);
        assertTrue(svg.contains(">&lt;one&gt;</text>"), svg);
    }
}
