package org.jvirtio.pci;

import java.util.Arrays;
import org.jvirtio.Register;
import org.jvirtio.Registers;

/**
 * Our copy of one capability: each byte was read from the configuration space once, and everything
 * said about the capability is said about this copy.
 */
public final class CapabilityBytes {

    private final int configOffset;
    private final byte[] bytes;

    private CapabilityBytes(int configOffset, byte[] bytes) {
        this.configOffset = configOffset;
        this.bytes = bytes;
    }

    /** Reads what follows a head, in units of four, up to {@code length} bytes together. */
    static CapabilityBytes after(CapabilityHead head, Registers config, int length) {
        byte[] bytes = new byte[length];
        copy(head.word(), bytes, 0);
        for (int i = CapabilityHead.LENGTH; i < length; i += 4) {
            copy(config.read32(head.configOffset() + i), bytes, i);
        }
        return new CapabilityBytes(head.configOffset(), bytes);
    }

    private static void copy(int word, byte[] bytes, int from) {
        for (int i = from; i < Math.min(from + 4, bytes.length); i++) {
            bytes[i] = (byte) (word >>> ((i - from) * 8));
        }
    }

    /** Where the capability starts in the configuration space. */
    public int configOffset() {
        return configOffset;
    }

    public int length() {
        return bytes.length;
    }

    public boolean has(Register field) {
        return field.offset() + field.width() <= bytes.length;
    }

    /** A field of up to 32 bits. */
    public int read(Register field) {
        int value = 0;
        for (int i = field.width() - 1; i >= 0; i--) {
            value = value << 8 | (bytes[field.offset() + i] & 0xff);
        }
        return value;
    }

    /** A 32-bit field as the unsigned number it is. */
    public long readUnsigned(Register field) {
        return read(field) & 0xffffffffL;
    }

    /** {@code 09 50 10 01 ...}. */
    public String hex() {
        return Hex.bytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CapabilityBytes that
                && configOffset == that.configOffset
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * configOffset + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
