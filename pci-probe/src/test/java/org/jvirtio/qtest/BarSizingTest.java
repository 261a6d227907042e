package org.jvirtio.qtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.pci.Bar;

/** Lengths and addresses of BARs (PCI Local Bus 3.0 section 6.2.5.1). */
class BarSizingTest {

    private static final int BAR0 = 0x10;

    /** A configuration space in which only the BARs answer, each keeping the bits of its mask. */
    private static final class BarSpace implements BusCycles {
        private final int[] masks;
        private final int[] fixed;
        private final int[] values = new int[6];

        BarSpace(int[] masks, int[] fixed) {
            this.masks = masks;
            this.fixed = fixed;
        }

        @Override
        public int read(long address, int width) {
            int index = (int) (address - BAR0) / 4;
            return index >= 0 && index < 6 ? (values[index] & masks[index]) | fixed[index] : 0;
        }

        @Override
        public void write(long address, int width, int value) {
            int index = (int) (address - BAR0) / 4;
            if (index >= 0 && index < 6) {
                values[index] = value;
            }
        }
    }

    private static BarSpace space(int... masksAndFixed) {
        int[] masks = new int[6];
        int[] fixed = new int[6];
        for (int i = 0; i < masksAndFixed.length; i += 2) {
            masks[i / 2] = masksAndFixed[i];
            fixed[i / 2] = masksAndFixed[i + 1];
        }
        return new BarSpace(masks, fixed);
    }

    private static List<Bar> assign(BarSpace space) {
        BarSizing sizing = new BarSizing(new QtestRegisters(space, 0, ConfigCycles.LENGTH));
        BarPlaces places = new BarPlaces();
        List<Bar> found = sizing.find();
        places.keep(found);
        return places.place(sizing, found);
    }

    /** As QEMU 7.2 makes a transitional block device. */
    @Test
    void theBarsOfATransitionalDeviceHaveTheirLengthsAndAddresses() {
        BarSpace space = space(0xffffff80, 1, 0xfffff000, 0, 0, 0, 0, 0, 0xffffc000, 0xc, -1, 0);
        assertEquals(
                List.of(
                        new Bar(0, Bar.Space.IO, false, false, 0xc000, 0x80),
                        new Bar(1, Bar.Space.MEMORY, false, false, 0xe000_0000L, 0x1000),
                        new Bar(4, Bar.Space.MEMORY, true, true, 0xe000_4000L, 0x4000)),
                assign(space));
        assertEquals(0xc001, space.read(BAR0, 4));
        assertEquals(0xe000_400c, space.read(BAR0 + 16, 4));
        assertEquals(0, space.read(BAR0 + 20, 4));
    }

    /** As firmware or another session may have left it. */
    @Test
    void aBarThatHasAnAddressKeepsItAndTheOthersGetTheirsBehindIt() {
        BarSpace space = space(0xffffff80, 1, 0xfffff000, 0, 0, 0, 0, 0, 0xffffc000, 0xc, -1, 0);
        space.write(BAR0, 4, 0xd000);
        space.write(BAR0 + 16, 4, 0xfe00_0000);
        space.write(BAR0 + 20, 4, 0x80);
        List<Bar> bars = assign(space);
        assertEquals(0xd000, bars.get(0).address());
        assertEquals(0xe000_0000L, bars.get(1).address());
        assertEquals(0x80_fe00_0000L, bars.get(2).address());
        assertEquals(0x4000, bars.get(2).length());
        assertEquals(0xd001, space.read(BAR0, 4));
        assertEquals(0xfe00_000c, space.read(BAR0 + 16, 4));
        assertEquals(0x80, space.read(BAR0 + 20, 4));
        space.write(BAR0 + 4, 4, 0xe012_3000);
        assertEquals(bars.get(1).length(), assign(space).get(1).length());
        assertEquals(0xe012_3000L, assign(space).get(1).address());
    }

    @Test
    void whatIsKeptIsNotGivenAway() {
        AddressRange range = AddressRange.memory();
        range.keep(0xe010_0000L, 0x1000);
        range.keep(0xfed0_0000L, 0x1000); // of the chip set
        assertEquals(0xe010_1000L, range.take(0x1000));
    }

    /** PCI allows a device to decode only the lower 16 bits of ports. */
    @Test
    void portsMayHaveSixteenBits() {
        assertEquals(0x20, assign(space(0xffe0, 1)).get(0).length());
    }

    @Test
    void aBarLongerThanThereAreAddressesIsRefusedWithItsLength() {
        EnvironmentException refused =
                assertThrows(EnvironmentException.class, () -> assign(space(0x8000_0000, 0)));
        assertEquals(
                "giving a BAR 0x80000000 memory addresses: 0x1ec00000 are left. Start QEMU with"
                        + " fewer devices, or with smaller ones.",
                refused.getMessage());
        // Of 64 bits, none of them in the lower half: 2^63 bytes.
        assertThrows(EnvironmentException.class, () -> assign(space(0, 4, 0x8000_0000, 0)));
    }
}
