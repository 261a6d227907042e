package org.jvirtio.qtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How people name a function of a QEMU without a guest. */
class QtestNameTest {

    @Test
    void theMemoryIsBesideTheSocketUnlessSaidOtherwise() {
        assertEquals(Path.of("/run/q.ram"), QtestName.parse("/run/q@00:04.0").memory());
        assertEquals(
                Path.of("/dev/shm/r"),
                QtestName.parse("/run/q,memory=/dev/shm/r@00:04.0").memory());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run/q@00:04.0", "/a@b/q,memory=/c@d@00:1f.3"})
    void aNameIsShownAsItIsTyped(String text) {
        assertEquals("qtest:" + text, QtestName.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/run/q",
                "@00:04.0",
                "/run/q@",
                "/run/q@4",
                "/run/q@00:20.0",
                "/run/q@0001:00:04.0"
            })
    void whatIsNoNameIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> QtestName.parse(text));
    }
}
