package org.jvirtio.transport;

import org.jvirtio.Doorbell;
import org.jvirtio.Register;
import org.jvirtio.Registers;

/**
 * A doorbell that also tells where the next entry will be (NOTIFICATION_DATA, virtio 1.4 section
 * 4.1.5.2): one 32-bit register.
 *
 * <pre>
 *   bit  0             16          31
 *        | which queue | next entry  |
 * </pre>
 */
final class PositionDoorbell implements Doorbell {

    private static final int NEXT_SHIFT = 16;

    private final Registers registers;
    private final int offset;
    private final int value;

    PositionDoorbell(Registers registers, Register register, int value) {
        this.registers = registers;
        this.offset = register.offset();
        this.value = value;
    }

    @Override
    public void ring(int next) {
        registers.write32(offset, value | next << NEXT_SHIFT);
    }
}
