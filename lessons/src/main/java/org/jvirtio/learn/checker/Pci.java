package org.jvirtio.learn.checker;

import java.util.HexFormat;

/** Configuration spaces for learners' code, byte by byte. */
final class Pci {

    private final byte[] bytes;

    private Pci(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Zeros. */
    static Pci empty(int length) {
        return new Pci(new byte[length]);
    }

    /** A function with these ids, and nothing else. */
    static Pci function(int vendor, int device, int revision, int subsystem) {
        return empty(64)
                .put16(0x00, vendor)
                .put16(0x02, device)
                .put8(0x08, revision)
                .put16(0x2c, vendor)
                .put16(0x2e, subsystem);
    }

    /** 256 bytes with a list that begins at {@code pointer}, if the status says so. */
    static Pci list(boolean status, int pointer) {
        return empty(256)
                .put16(0x00, 0x1af4)
                .put16(0x02, 0x1042)
                .put16(0x06, status ? 0x10 : 0)
                .put8(0x34, pointer);
    }

    /** A capability of which only the first two bytes matter. */
    Pci capability(int offset, int id, int next) {
        return put8(offset, id).put8(offset + 1, next);
    }

    /** A virtio capability: offset 0, 4096 bytes long. */
    Pci virtio(int offset, int next, int cfgType, int bar) {
        return capability(offset, 0x09, next)
                .put8(offset + 2, 16)
                .put8(offset + 3, cfgType)
                .put8(offset + 4, bar)
                .put16(offset + 12, 0x1000);
    }

    Pci put8(int offset, int value) {
        bytes[offset] = (byte) value;
        return this;
    }

    Pci put16(int offset, int value) {
        return put8(offset, value).put8(offset + 1, value >> 8);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    static byte[] parse(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
}
