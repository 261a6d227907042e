package org.jvirtio.transport;

import org.jvirtio.Register;
import org.jvirtio.Registers;

/**
 * Whether MSI-X is enabled right now, as the function's own MSI-X capability says (PCI Local Bus
 * 3.0 section 6.8.2). The legacy layout moves its device configuration by this bit, so what the
 * platform was asked for is not good enough.
 */
final class MsixEnable {

    private static final int MSIX_CAPABILITY = 0x11;
    private static final int ENABLED = 1 << 15;
    private static final int HEADER_END = 0x40;

    /** As many capabilities of four bytes as fit behind the header: the bound of the walk. */
    private static final int MOST_CAPABILITIES = 48;

    /** In the header and, from {@link #ID} on, in each capability. */
    private enum Field implements Register {
        STATUS(0x06, 2),
        FIRST_CAPABILITY(0x34, 1),
        ID(0, 1),
        NEXT(1, 1),
        MESSAGE_CONTROL(2, 2);

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
            return "PCI Local Bus 3.0 sections 6.1, 6.7 and 6.8.2";
        }
    }

    private static final int HAS_CAPABILITIES = 0x10;

    private final Registers config;
    private final int capability;

    MsixEnable(Registers config) {
        this.config = config;
        this.capability = find(config);
    }

    /** True if the function has an MSI-X capability. */
    boolean possible() {
        return capability != 0;
    }

    boolean now() {
        return possible()
                && (config.read16(capability + Field.MESSAGE_CONTROL.offset) & ENABLED) != 0;
    }

    private static int find(Registers config) {
        if ((config.read(Field.STATUS) & HAS_CAPABILITIES) == 0) {
            return 0;
        }
        int at = config.read(Field.FIRST_CAPABILITY) & ~3;
        for (int step = 0; step < MOST_CAPABILITIES; step++) {
            if (at < HEADER_END || at > config.length() - 4) {
                return 0;
            }
            if (config.read8(at + Field.ID.offset) == MSIX_CAPABILITY) {
                return at;
            }
            at = config.read8(at + Field.NEXT.offset) & ~3;
        }
        return 0;
    }
}
