package org.jvirtio.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jvirtio.Register;
import org.jvirtio.RegistersByWidth;

/**
 * Registers that keep what is written, except where a script says what the next reads answer; the
 * last answer of a script stays.
 */
final class ByteRegisters implements RegistersByWidth {

    private final byte[] bytes;
    private final Map<Integer, Deque<Integer>> scripts = new HashMap<>();

    ByteRegisters(int length) {
        this.bytes = new byte[length];
    }

    /** Makes the reads of {@code register} answer {@code values}, in order. */
    ByteRegisters answer(Register register, int... values) {
        Deque<Integer> script = new ArrayDeque<>();
        for (int value : values) {
            script.add(value);
        }
        scripts.put(register.offset(), script);
        return this;
    }

    ByteRegisters set(int offset, int... values) {
        for (int i = 0; i < values.length; i++) {
            bytes[offset + i] = (byte) values[i];
        }
        return this;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public int read(int offset, int width) {
        Objects.checkFromIndexSize(offset, width, bytes.length);
        Deque<Integer> script = scripts.get(offset);
        if (script != null) {
            return script.size() > 1 ? script.remove() : script.element();
        }
        int value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[offset + i] & 0xff) << (8 * i);
        }
        return value;
    }

    @Override
    public void write(int offset, int width, int value) {
        Objects.checkFromIndexSize(offset, width, bytes.length);
        for (int i = 0; i < width; i++) {
            bytes[offset + i] = (byte) (value >>> (8 * i));
        }
    }
}
