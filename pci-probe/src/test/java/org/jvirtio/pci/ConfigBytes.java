package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.dump.DumpFunction;

/**
 * Assembles a configuration space byte by byte, and the BARs that go with it. Offsets are written
 * out here on purpose: a mistake in the enums must not hide itself.
 */
final class ConfigBytes {

    private final byte[] bytes = new byte[256];
    private final List<Bar> bars = new ArrayList<>();
    private int next = 0x40;
    private int link = 0x34;

    /** A transitional function of a type, without BARs and capabilities. */
    static ConfigBytes transitional(int device, int type) {
        return new ConfigBytes().put16(0, 0x1af4).put16(2, device).put16(0x2e, type);
    }

    /** A non-transitional function of a type. */
    static ConfigBytes modern(int type) {
        return new ConfigBytes()
                .put16(0, 0x1af4)
                .put16(2, 0x1040 + type)
                .put8(8, 1)
                .put16(0x2e, 0x1100);
    }

    ConfigBytes put8(int offset, int value) {
        bytes[offset] = (byte) value;
        return this;
    }

    ConfigBytes put16(int offset, int value) {
        return put8(offset, value).put8(offset + 1, value >>> 8);
    }

    ConfigBytes put32(int offset, int value) {
        return put16(offset, value).put16(offset + 2, value >>> 16);
    }

    ConfigBytes io(int index, long length) {
        bars.add(new Bar(index, Bar.Space.IO, false, false, 0xc000, length));
        return put32(0x10 + 4 * index, 0xc001);
    }

    ConfigBytes memory(int index, long length) {
        bars.add(new Bar(index, Bar.Space.MEMORY, false, false, 0xe0000000L, length));
        return put32(0x10 + 4 * index, 0xe0000000);
    }

    ConfigBytes wideMemory(int index, long length) {
        bars.add(new Bar(index, Bar.Space.MEMORY, true, true, 0xe0000000L, length));
        return put32(0x10 + 4 * index, 0xe000000c);
    }

    /** Appends a capability; its second byte is the link and is filled in. */
    ConfigBytes capability(int... values) {
        put8(6, 0x10);
        put8(link, next);
        for (int i = 0; i < values.length; i++) {
            put8(next + i, values[i]);
        }
        put8(next + 1, 0);
        link = next + 1;
        next = (next + values.length + 3) & -4;
        return this;
    }

    /** Appends a virtio 1.x capability. */
    ConfigBytes structure(int cfgType, int bar, long offset, long length, int... extra) {
        int at = next;
        int[] values = new int[16 + extra.length];
        values[0] = 9;
        values[2] = values.length;
        values[3] = cfgType;
        values[4] = bar;
        System.arraycopy(extra, 0, values, 16, extra.length);
        capability(values);
        return put32(at + 8, (int) offset).put32(at + 12, (int) length);
    }

    /** All structures of a sound device in BAR {@code bar}, as QEMU has them. */
    ConfigBytes structures(int bar) {
        return structure(1, bar, 0, 0x1000)
                .structure(3, bar, 0x1000, 0x1000)
                .structure(4, bar, 0x2000, 0x1000)
                .structure(2, bar, 0x3000, 0x1000, 4, 0, 0, 0);
    }

    /** Appends the capability of the mail of 2011. */
    ConfigBytes registerSets(int... dwords) {
        int at = next;
        int[] values = new int[4 + 4 * dwords.length];
        values[0] = 9;
        values[2] = values.length;
        values[3] = 0x81;
        capability(values);
        for (int i = 0; i < dwords.length; i++) {
            put32(at + 4 + 4 * i, dwords[i]);
        }
        return this;
    }

    /** Where the next capability will be. */
    int next() {
        return next;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    List<Bar> bars() {
        return bars;
    }

    Registers registers() {
        return new DumpFunction("test", bytes).config();
    }

    /** The part that may be read without privilege. */
    Registers header() {
        return new DumpFunction("test", Arrays.copyOf(bytes, 64)).config();
    }

    LayoutChoice choose(String policy) {
        return LayoutChoice.of("test", registers(), bars, Policy.parse(policy));
    }
}
