package org.jvirtio.model;

import java.util.Optional;
import org.jvirtio.Register;

/**
 * The device-specific configuration space as the device keeps it (virtio 1.4 section 2.5):
 * little-endian bytes with a table of fields over them.
 */
public class ModelConfig {

    private final Register[] fields;
    private final byte[] bytes;

    /**
     * Makes a configuration of zeros.
     *
     * @param length bytes that the driver sees
     * @param fields for the check of access widths; gaps are padding and read zero
     */
    public ModelConfig(int length, Register... fields) {
        this.fields = fields.clone();
        this.bytes = new byte[length];
    }

    public final int length() {
        return bytes.length;
    }

    /** Sets a field of the device's own accord. */
    public final void put(Register field, long value) {
        for (int i = 0; i < field.width(); i++) {
            bytes[field.offset() + i] = (byte) (value >>> (8 * i));
        }
    }

    /** What a driver reads. Beyond the end are zeros. */
    protected long read(int offset, int width) {
        long value = 0;
        for (int i = 0; i < width && offset + i < bytes.length; i++) {
            value |= (bytes[offset + i] & 0xffL) << (8 * i);
        }
        return value;
    }

    /** True if a field may be written before FEATURES_OK, too. */
    boolean takesEarly(int offset) {
        return false;
    }

    /** What a driver writes; true if there is a writable field of that width. */
    protected boolean write(int offset, int width, int value) {
        return false;
    }

    /** True if a driver may access these bytes together (section 4.1.3.1). */
    final boolean natural(int offset, int width) {
        Optional<Register> field = fieldAt(offset);
        // Padding has no width of its own; 32-bit accesses are for 32-bit and 64-bit fields.
        return field.isEmpty() || Math.min(4, field.get().width()) == width;
    }

    private Optional<Register> fieldAt(int offset) {
        for (Register field : fields) {
            if (offset >= field.offset() && offset < field.offset() + field.width()) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
