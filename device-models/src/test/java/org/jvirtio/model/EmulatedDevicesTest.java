package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.EnvironmentException;

/** Names of emulated functions as people type them, and what they are told when they mistype. */
class EmulatedDevicesTest {

    static Stream<String> everyName() {
        return EmulatedDevices.all().stream();
    }

    @ParameterizedTest
    @MethodSource("everyName")
    void everyListedNameMakesAFunctionOfThatName(String name) {
        try (EmulatedFunction function = EmulatedDevices.parse(name)) {
            assertEquals("emulated:" + name, function.name());
            assertEquals(0x1af4, function.config().read16(0));
        }
    }

    @Test
    void thePrefixMayBeThereOrNot() {
        assertEquals("emulated:block", EmulatedDevices.parse("emulated:block").name());
        assertEquals("emulated:block", EmulatedDevices.parse("block").name());
    }

    @ParameterizedTest
    @CsvSource({"4096, 8", "512K, 1024", "3M, 6144", "2G, 4194304", "16g, 33554432"})
    void sizesHaveUnits(String size, int sectors) {
        MiniDriver driver = MiniDriver.virtio1(EmulatedDevices.parse("block,size=" + size));

        assertEquals(sectors, driver.configBar.read32(driver.configAt));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "disk | no emulated device 'disk' | Use one of block, console, entropy, net",
                "block,colour=red | no option 'colour' | batch, blocksize, cache-control, delay",
                "entropy,image=x | no option 'image' | longest, msix-dwords, offer, order",
                "block,layout=modern | 'modern' in 'layout=modern' is no layout | virtio1",
                "block,layout=legacy+mail-slow-isr | both need BAR0 | Use legacy+register-set",
                "block,size=1000 | size is '1000' | multiple of 512",
                "block,size=big | size is 'big' | number of bytes",
                "block,intx=maybe | intx is 'maybe' | on or off",
                "block,queue=100 | queue=100 | power of two",
                "block,vectors=4000 | vectors=4000 | 0 to 2048",
                "block,fault=rust | no such fault | none, stuck-reset, needs-reset",
                "block,blocksize=7 | blocksize=7 | power of two",
                "block,readonly | 'readonly' is no option | option=value",
                "block,size=1M,size=2M | there twice | Keep one"
            })
    void mistakesAreNamedWithWhatToDo(String text, String found, String next) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> EmulatedDevices.parse(text))
                        .getMessage();

        assertTrue(message.contains(found), message);
        assertTrue(message.contains(next), message);
    }

    @Test
    void anImageThatIsNotThereIsAMatterOfTheEnvironment() {
        String message =
                assertThrows(
                                EnvironmentException.class,
                                () -> EmulatedDevices.parse("block,image=/nowhere/disk"))
                        .getMessage();

        assertTrue(message.contains("/nowhere/disk") && message.contains("truncate"), message);
    }

    @Test
    void aDeviceOfManyVectorsHasATableForThem() {
        EmulatedFunction function = EmulatedDevices.parse("entropy,vectors=2048");

        assertEquals(2048, function.interrupts().msixVectors());
        assertEquals(65536, function.bars().get(0).length());
        assertEquals(List.of(), function.complaints().list());
    }
}
