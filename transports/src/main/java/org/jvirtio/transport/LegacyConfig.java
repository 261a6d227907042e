package org.jvirtio.transport;

import java.util.Objects;
import java.util.function.Supplier;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceConfig;
import org.jvirtio.Registers;

/**
 * The device configuration of the legacy layout (virtio 1.4 section 4.1.4.10). It begins right
 * after the registers, and moves when MSI-X is switched; the place is looked up at each access.
 *
 * <p>Fields are in the guest's own byte order, which here is always little-endian: {@link
 * org.jvirtio.memory.NativeMemory} refuses other machines.
 */
final class LegacyConfig implements DeviceConfig {

    private final Fields fields;

    LegacyConfig(Registers registers, MsixEnable msix) {
        this.fields = new Fields(registers, msix);
    }

    @Override
    public Registers fields() {
        return fields;
    }

    /** There is no generation here: two readings have to be equal (section 2.5.4). */
    @Override
    public <T> T consistent(Supplier<T> reading) {
        T last = reading.get();
        for (int tries = 0; tries < GenerationConfig.MOST_TRIES; tries++) {
            T again = reading.get();
            if (Objects.deepEquals(last, again)) {
                return again;
            }
            last = again;
        }
        throw new DeviceBrokenException(
                "Reading the legacy device configuration: no two of "
                        + (GenerationConfig.MOST_TRIES + 1)
                        + " readings in a row were equal. The device never lets it settle:"
                        + " reset it, report the device.");
    }

    /** What lies behind the registers, wherever that is at the moment. */
    private static final class Fields implements Registers {

        private final Registers registers;
        private final MsixEnable msix;

        Fields(Registers registers, MsixEnable msix) {
            this.registers = registers;
            this.msix = msix;
        }

        @Override
        public long length() {
            return registers.length() - start();
        }

        @Override
        public int read8(int offset) {
            return registers.read8(at(offset, 1));
        }

        @Override
        public int read16(int offset) {
            return registers.read16(at(offset, 2));
        }

        @Override
        public int read32(int offset) {
            return registers.read32(at(offset, 4));
        }

        @Override
        public void write8(int offset, int value) {
            registers.write8(at(offset, 1), value);
        }

        @Override
        public void write16(int offset, int value) {
            registers.write16(at(offset, 2), value);
        }

        @Override
        public void write32(int offset, int value) {
            registers.write32(at(offset, 4), value);
        }

        private int start() {
            return LegacyRegister.configOffset(msix.now());
        }

        private int at(int offset, int width) {
            int start = start();
            if (offset < 0 || offset > registers.length() - start - width) {
                throw new IndexOutOfBoundsException(
                        String.format(
                                "%d bytes at 0x%x of a device configuration of 0x%x bytes",
                                width, offset, registers.length() - start));
            }
            return start + offset;
        }
    }
}
