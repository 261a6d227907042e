package org.jvirtio.pci;

import java.util.BitSet;
import org.jvirtio.Registers;

/**
 * Our copy of a whole configuration space, for those who have to see the bytes themselves: each was
 * read once, but for the data of a PCI_CFG capability, which stay unread, since reading them reads
 * a register of the device (virtio 1.4 section 4.1.4.9).
 */
public final class ConfigSnapshot {

    private static final int WORD = 4;

    private final byte[] bytes;
    private final BitSet unread = new BitSet();

    private ConfigSnapshot(Registers config, CapabilityList capabilities) {
        bytes = new byte[(int) config.length()];
        for (Capability capability : capabilities.capabilities()) {
            if (capability instanceof VirtioCapability virtio
                    && virtio.type() == StructureType.PCI) {
                int data = virtio.configOffset() + VirtioField.PCI_CFG_DATA.offset();
                unread.set(data, data + WORD);
            }
        }
        for (int offset = 0; offset < bytes.length; offset += WORD) {
            if (!unread.get(offset)) {
                copy(config.read32(offset), offset);
            }
        }
    }

    /** Reads {@code config} from its first to its last word; bytes of any kind give a snapshot. */
    public static ConfigSnapshot of(Registers config) {
        return new ConfigSnapshot(config, CapabilityList.of(config));
    }

    private void copy(int word, int offset) {
        for (int i = 0; i < WORD; i++) {
            bytes[offset + i] = (byte) (word >>> (8 * i));
        }
    }

    /** Bytes: 64, 256 or 4096. */
    public int length() {
        return bytes.length;
    }

    /** Whether there is such a byte, and it was read. */
    public boolean has(int offset) {
        return offset >= 0 && offset < bytes.length && !unread.get(offset);
    }

    /** One byte, unsigned; all ones where there is none, as a bus answers. */
    public int read8(int offset) {
        return has(offset) ? bytes[offset] & 0xff : 0xff;
    }

    /** Two bytes, at any offset. */
    public int read16(int offset) {
        return read8(offset) | read8(offset + 1) << 8;
    }

    /** Four bytes, at any offset, as the unsigned number they are. */
    public long read32(int offset) {
        return read16(offset) | (long) read16(offset + 2) << 16;
    }
}
