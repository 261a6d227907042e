package org.jvirtio.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes of the vendor capabilities that a virtio function shows: those of virtio 1.x (section
 * 4.1.4) and the one of the mail of 2011 (reference A.1 and A.3).
 */
final class VirtioCapability {

    static final int COMMON = 1;
    static final int NOTIFY = 2;
    static final int ISR = 3;
    static final int DEVICE = 4;
    static final int PCI_CFG = 5;

    /** Ours: reserved in virtio 1.x, whose drivers therefore ignore the capability. */
    static final int REGISTER_SETS = 0x81;

    private static final byte VENDOR_SPECIFIC = 0x09;
    private static final byte MSIX = 0x11;
    private static final int STRUCTURE_BYTES = 16;
    private static final int EXTENDED_BYTES = 20;
    private static final int MSIX_BYTES = 12;
    private static final int PRESENT = 0x80000000;
    private static final int BAR_SHIFT = 24;

    private VirtioCapability() {}

    /**
     * One structure of virtio 1.x.
     *
     * <pre>
     *   | 09 | next | len | type | bar | id | 0 0 | le32 offset 8 | le32 length 12 |
     * </pre>
     */
    static byte[] structure(int type, int bar, int offset, int length) {
        byte[] capability = new byte[STRUCTURE_BYTES];
        locate(header(capability, type), bar, offset, length);
        return capability;
    }

    /** The same with one more dword: the multiplier of NOTIFY, or the data of PCI_CFG. */
    static byte[] extended(int type, int bar, int offset, int length, int dword) {
        byte[] capability = new byte[EXTENDED_BYTES];
        locate(header(capability, type), bar, offset, length).putInt(STRUCTURE_BYTES, dword);
        return capability;
    }

    /**
     * The capability of the mail: one dword per register set, in the mail's order.
     *
     * <pre>
     *   | 09 | next | len | 81 | legacy 4 | virtio-pci 8 | virtio-config 12 | virtio-isr 16 | ...
     * </pre>
     */
    static byte[] registerSets(int... dwords) {
        byte[] capability = new byte[4 + 4 * dwords.length];
        ByteBuffer bytes = header(capability, REGISTER_SETS);
        for (int i = 0; i < dwords.length; i++) {
            bytes.putInt(4 + 4 * i, dwords[i]);
        }
        return capability;
    }

    /** Bit 31 present, bits 26 to 24 BAR, bits 23 to 0 offset. */
    static int present(int bar, int offset) {
        return PRESENT | (bar << BAR_SHIFT) | offset;
    }

    /** The standard MSI-X capability: table size less one, and BAR and offset of both tables. */
    static byte[] msix(int vectors, int bar, int table, int pending) {
        byte[] capability = new byte[MSIX_BYTES];
        ByteBuffer bytes = littleEndian(capability);
        bytes.put(0, MSIX).putShort(2, (short) (vectors - 1));
        bytes.putInt(4, table | bar).putInt(8, pending | bar);
        return capability;
    }

    private static ByteBuffer locate(ByteBuffer bytes, int bar, int offset, int length) {
        return bytes.put(4, (byte) bar).putInt(8, offset).putInt(12, length);
    }

    private static ByteBuffer header(byte[] capability, int type) {
        return littleEndian(capability)
                .put(0, VENDOR_SPECIFIC)
                .put(2, (byte) capability.length)
                .put(3, (byte) type);
    }

    private static ByteBuffer littleEndian(byte[] capability) {
        return ByteBuffer.wrap(capability).order(ByteOrder.LITTLE_ENDIAN);
    }
}
