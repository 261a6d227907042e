package org.jvirtio.transport;

import org.jvirtio.Register;
import org.jvirtio.Registers;

/**
 * The ISR byte (virtio 1.4 section 4.1.4.5): why the pin was raised. Not read while MSI-X is
 * enabled (4.1.4.5.2).
 */
final class Isr {

    private static final int ALL_ONES = 0xff;

    private final Registers registers;
    private final Register register;
    private final StatusRegister status;

    Isr(Registers registers, Register register, StatusRegister status) {
        this.registers = registers;
        this.register = register;
        this.status = status;
    }

    /** Takes the bits; reading clears them and lowers the pin. */
    int take() {
        int bits = registers.read(register);
        if (bits == ALL_ONES) {
            // Either reserved bits, which are ignored, or nobody is there, which this read tells.
            status.read();
        }
        return bits;
    }
}
