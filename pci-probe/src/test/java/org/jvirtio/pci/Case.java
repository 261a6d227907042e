package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * One row of a table: a function, and what must become of it.
 *
 * @param strict label of the layout that policy auto chooses, or {@code none}
 * @param lenient the same of policy auto,lenient
 * @param words what the explanation must say
 */
record Case(String name, ConfigBytes config, String strict, String lenient, String words) {

    static Case row(String name, ConfigBytes config, String strict, String lenient, String words) {
        return new Case(name, config, strict, lenient, words);
    }

    /** A fault that no policy minds. */
    static Case row(String name, ConfigBytes config, String layout, String words) {
        return new Case(name, config, layout, layout, words);
    }

    void check() {
        LayoutChoice choice = config.choose("auto");
        String text = String.join("\n", ChoiceText.lines(choice));
        assertEquals(strict, label(choice), text);
        assertEquals(lenient, label(config.choose("auto,lenient")), text);
        assertTrue(text.contains(words), () -> "no '" + words + "' in\n" + text);
    }

    static String label(LayoutChoice choice) {
        return choice.layout().map(VirtioLayout::label).orElse("none");
    }

    @Override
    public String toString() {
        return name;
    }
}
