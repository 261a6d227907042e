package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceConfig;
import org.jvirtio.Register;
import org.jvirtio.Registers;

/** Virtio 1.4 sections 2.5.1 (generation), 2.5.4 (legacy) and 4.1.4.10 (20 or 24). */
class DeviceConfigTest {

    private static final CommonRegister GENERATION = CommonRegister.CONFIG_GENERATION;

    private enum Field implements Register {
        CAPACITY(0, 8),
        LAST_OF_SIXTEEN(12, 4);

        private final int offset;
        private final int width;

        Field(int offset, int width) {
            this.offset = offset;
            this.width = width;
        }

        @Override
        public int offset() {
            return offset;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public String source() {
            return "this test";
        }
    }

    private final ScriptedFunction function = new ScriptedFunction();

    @Test
    void aReadingDuringWhichTheGenerationMovedIsRepeated() {
        ByteRegisters common = new ByteRegisters(64).answer(GENERATION, 1, 2, 2, 2);
        ByteRegisters fields = new ByteRegisters(8).set(0, 1, 2, 3, 4, 5, 6, 7, 8);
        int[] readings = {0};
        Supplier<Long> reading =
                () -> {
                    readings[0]++;
                    return fields.read64(Field.CAPACITY);
                };

        assertEquals(0x0807060504030201L, new GenerationConfig(common, fields).consistent(reading));
        assertEquals(4, readings[0]);
    }

    @Test
    void aGenerationThatNeverMovesDoesNotHideATornValue() {
        ByteRegisters fields = new ByteRegisters(8).answer(Field.CAPACITY, 1, 2, 3, 3);
        GenerationConfig config = new GenerationConfig(new ByteRegisters(64), fields);

        assertEquals(3, config.consistent(() -> fields.read32(0)));
    }

    @Test
    void aGenerationThatNeverSettlesIsGivenUp() {
        int[] endless = java.util.stream.IntStream.range(0, 256).toArray();
        ByteRegisters common = new ByteRegisters(64).answer(GENERATION, endless);
        DeviceConfig config = new GenerationConfig(common, new ByteRegisters(8));

        DeviceBrokenException broken =
                assertThrows(DeviceBrokenException.class, () -> config.consistent(() -> 1));

        assertTrue(broken.getMessage().contains("64 tries"), broken.getMessage());
    }

    @Test
    void legacyFieldsAreReadUntilTwoReadingsAgree() {
        ByteRegisters bar = new ByteRegisters(64);
        bar.answer(LegacyRegister.CONFIG_MSIX_VECTOR, 5, 6, 7, 7);
        DeviceConfig config = legacy(bar);

        assertEquals(7, config.consistent(() -> config.fields().read32(0)));
    }

    @Test
    void legacyFieldsThatNeverSettleAreGivenUp() {
        int[] counter = {0};

        DeviceBrokenException broken =
                assertThrows(
                        DeviceBrokenException.class,
                        () -> legacy(new ByteRegisters(64)).consistent(() -> counter[0]++));

        assertTrue(broken.getMessage().contains("65 readings"), broken.getMessage());
        assertEquals(65, counter[0]);
    }

    @Test
    void bytesAreComparedByTheirContents() {
        DeviceConfig config = legacy(new ByteRegisters(64));

        assertArrayEquals(new byte[] {1, 2}, config.consistent(() -> new byte[] {1, 2}));
    }

    @Test
    void legacyFieldsMoveWithTheMsixBitOfTheFunction() {
        ByteRegisters bar = new ByteRegisters(64).set(20, 20, 21, 22, 23, 24, 25, 26, 27);
        Registers fields = legacy(bar).fields();

        assertEquals(20, fields.read8(0));
        assertEquals(44, fields.length());
        function.interrupts.enableMsix(1);
        assertEquals(24, fields.read8(0));
        assertEquals(40, fields.length());
        fields.write32(0, 0x01020304);
        function.interrupts.disable();
        assertEquals(0x01020304, fields.read32(4));
        assertEquals(0x17161514, fields.read32(0));
    }

    @Test
    void whatTheLayoutDoesNotShowIsAbsent() {
        DeviceConfig config = legacy(new ByteRegisters(32));

        assertTrue(config.has(Field.CAPACITY));
        assertFalse(config.has(Field.LAST_OF_SIXTEEN));
        assertThrows(IndexOutOfBoundsException.class, () -> config.fields().read32(12));
        assertThrows(IndexOutOfBoundsException.class, () -> config.fields().read8(-1));
        assertFalse(
                new GenerationConfig(new ByteRegisters(64), new NoRegisters()).has(Field.CAPACITY));
    }

    private LegacyConfig legacy(ByteRegisters bar) {
        return new LegacyConfig(bar, new MsixEnable(function.config));
    }
}
