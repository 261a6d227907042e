package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.Register;

/** The structures of vfio-user as its text draws them: packed, without holes but for padding. */
class PayloadTest {

    record Structure(List<? extends Register> fields, int length) {}

    static Stream<Structure> structures() {
        return Stream.of(
                new Structure(List.of(HeaderField.values()), HeaderField.LENGTH),
                new Structure(List.of(DmaMapField.values()), DmaMapField.LENGTH),
                new Structure(List.of(DmaUnmapField.values()), DmaUnmapField.LENGTH),
                new Structure(List.of(DeviceInfoField.values()), DeviceInfoField.LENGTH),
                new Structure(List.of(RegionIoFdsField.values()), RegionIoFdsField.LENGTH),
                new Structure(withoutData(DmaAccessField.values()), DmaAccessField.LENGTH),
                new Structure(withoutData(RegionAccessField.values()), RegionAccessField.LENGTH),
                new Structure(withoutData(VersionField.values()), VersionField.LENGTH));
    }

    private static List<Register> withoutData(Register[] fields) {
        return List.of(fields).subList(0, fields.length - 1);
    }

    @ParameterizedTest
    @MethodSource("structures")
    void eachFieldBeginsWhereTheOneBeforeEnds(Structure structure) {
        int end = 0;
        for (Register field : structure.fields()) {
            assertEquals(end, field.offset(), field.name());
            end += field.width();
        }
        assertEquals(structure.length(), end);
    }

    @Test
    void dataFollowTheirStructure() {
        assertEquals(DmaAccessField.LENGTH, DmaAccessField.DATA.offset());
        assertEquals(RegionAccessField.LENGTH, RegionAccessField.DATA.offset());
        assertEquals(VersionField.LENGTH, VersionField.DATA.offset());
    }

    /** Four bytes of padding are before the value, which is aligned to its width. */
    @Test
    void aSubRegionHasItsValueAtTheEnd() {
        assertEquals(28, SubRegionField.FLAGS.offset() + SubRegionField.FLAGS.width());
        assertEquals(32, SubRegionField.DATAMATCH.offset());
        assertEquals(SubRegionField.LENGTH, SubRegionField.DATAMATCH.offset() + 8);
    }

    @Test
    void everyCommandIsFoundByItsNumber() {
        for (Command command : Command.values()) {
            assertEquals(command, Command.of(command.number()));
            assertTrue(command.toString().startsWith("VFIO_USER_"));
        }
        for (int none : new int[] {-1, 0, 14, 19, 0xffff}) {
            assertNull(Command.of(none));
        }
    }
}
