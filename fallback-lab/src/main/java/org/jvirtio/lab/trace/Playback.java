package org.jvirtio.lab.trace;

import org.jvirtio.Registers;
import org.jvirtio.trace.Access;

/** Makes recorded accesses again. */
final class Playback {

    private Playback() {}

    static int read(Registers registers, Access access) {
        int offset = Math.toIntExact(access.offset());
        return switch (access.width()) {
            case 1 -> registers.read8(offset);
            case 2 -> registers.read16(offset);
            default -> registers.read32(offset);
        };
    }

    static void write(Registers registers, Access access) {
        int offset = Math.toIntExact(access.offset());
        switch (access.width()) {
            case 1 -> registers.write8(offset, access.value());
            case 2 -> registers.write16(offset, access.value());
            default -> registers.write32(offset, access.value());
        }
    }
}
