package org.jvirtio.partner;

import java.util.Objects;
import java.util.function.Supplier;
import org.jvirtio.DeviceConfig;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.memory.NativeMemory;

/** A device configuration of a length and with contents that the test chooses. */
public final class PartnerConfig implements DeviceConfig, Registers {

    private final NativeMemory bytes;
    private int consistentReadings;
    private Runnable tear = () -> {};
    private Runnable mend = () -> {};

    public PartnerConfig(int length) {
        bytes = NativeMemory.allocate(length);
    }

    /** Sets a field as the device does. */
    public PartnerConfig set(Register field, long value) {
        switch (field.width()) {
            case 1 -> bytes.write8(field.offset(), (int) value);
            case 2 -> bytes.write16(field.offset(), (int) value);
            case 4 -> bytes.write32(field.offset(), (int) value);
            default -> bytes.write64(field.offset(), value);
        }
        return this;
    }

    /** Each first reading of what belongs together is torn: this field is between two values. */
    public PartnerConfig tearing(Register field, long torn, long whole) {
        tear = () -> set(field, torn);
        mend = () -> set(field, whole);
        return set(field, whole);
    }

    public int consistentReadings() {
        return consistentReadings;
    }

    @Override
    public Registers fields() {
        return this;
    }

    @Override
    public <T> T consistent(Supplier<T> reading) {
        consistentReadings++;
        tear.run();
        T torn = reading.get(); // as a transport does, which then finds that it is torn
        mend.run();
        T whole = reading.get();
        return Objects.equals(torn, whole) ? torn : whole;
    }

    @Override
    public long length() {
        return bytes.length();
    }

    @Override
    public int read8(int offset) {
        return bytes.load8(offset);
    }

    @Override
    public int read16(int offset) {
        return bytes.load16(offset);
    }

    @Override
    public int read32(int offset) {
        return bytes.load32(offset);
    }

    @Override
    public void write8(int offset, int value) {
        throw new AssertionError("no driver here writes its configuration");
    }

    @Override
    public void write16(int offset, int value) {
        throw new AssertionError("no driver here writes its configuration");
    }

    @Override
    public void write32(int offset, int value) {
        throw new AssertionError("no driver here writes its configuration");
    }
}
