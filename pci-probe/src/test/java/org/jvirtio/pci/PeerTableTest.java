package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.jvirtio.pci.Devices.block;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Capability lists on which other drivers disagree (Linux, DPDK, SPDK, libblkio, virtio-drivers,
 * Hermit, libqos), with our verdict: the first usable capability of each type (virtio 1.4 section
 * 4.1.4.1), absent falls back, broken refuses.
 */
class PeerTableTest {

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("none at all", block(), "BAR0+0x0, 0x80 bytes"),
                Arguments.of("all four, sound", block().structures(4), "BAR4+0x0, 0x1000 bytes"),
                Arguments.of("no device configuration", without(0x60), "none"),
                Arguments.of("no ISR", without(0x50), "none"),
                Arguments.of("common twice, both sound", twice(4, 4), "BAR4+0x0, 0x38 bytes"),
                Arguments.of("sound, then BAR 7", twice(4, 7), "BAR4+0x0, 0x38 bytes"),
                Arguments.of("BAR 7, then sound", twice(7, 4), "BAR4+0x800, 0x38 bytes"),
                Arguments.of(
                        "a cycle",
                        block().structures(4).put8(0x71, 0x40),
                        "BAR4+0x0, 0x1000 bytes"),
                Arguments.of("different BARs", spread(), "BAR1+0x0, 0x38 bytes"),
                Arguments.of("in an I/O BAR", inIo(), "BAR0+0x0, 0x38 bytes"),
                Arguments.of("ISR alone in I/O BAR 0", fastIsr(), "BAR1+0x0, 0x38 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyRowHasOneVerdict(String name, ConfigBytes config, String firstWindow) {
        LayoutChoice choice = config.choose("auto");
        String chosen =
                choice.layout()
                        .map(layout -> NamedWindow.of(layout).get(0).window().toString())
                        .orElse("none");
        assertEquals(firstWindow, chosen, () -> String.join("\n", ChoiceText.lines(choice)));
    }

    private static ConfigBytes without(int capability) {
        return block().structures(4).put8(capability + 3, 7);
    }

    private static ConfigBytes twice(int firstBar, int secondBar) {
        return block().structure(1, firstBar, 0, 0x38)
                .structure(1, secondBar, 0x800, 0x38)
                .structure(3, 4, 0x1000, 1)
                .structure(4, 4, 0x2000, 0x1000)
                .structure(2, 4, 0x3000, 0x1000, 4, 0, 0, 0);
    }

    private static ConfigBytes spread() {
        return block().structure(1, 1, 0, 0x38)
                .structure(3, 4, 0x1000, 1)
                .structure(4, 4, 0x2000, 0x1000)
                .structure(2, 0, 0x40, 2, 0, 0, 0, 0);
    }

    private static ConfigBytes inIo() {
        return ConfigBytes.modern(2)
                .io(0, 0x100)
                .structure(1, 0, 0, 0x38)
                .structure(3, 0, 0x40, 1)
                .structure(4, 0, 0x80, 0x40)
                .structure(2, 0, 0x44, 2, 0, 0, 0, 0);
    }

    private static ConfigBytes fastIsr() {
        return Devices.mailNew()
                .structure(1, 1, 0, 0x38)
                .structure(3, 0, 0, 1)
                .structure(4, 1, 0x100, 0x100)
                .structure(2, 1, 0x400, 0x100, 4, 0, 0, 0);
    }
}
