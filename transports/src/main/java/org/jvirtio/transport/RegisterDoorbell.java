package org.jvirtio.transport;

import org.jvirtio.Doorbell;
import org.jvirtio.Register;
import org.jvirtio.Registers;

/** A doorbell: one 16-bit register, and the value that names the queue (section 4.1.5.2). */
final class RegisterDoorbell implements Doorbell {

    private final Registers registers;
    private final int offset;
    private final int value;

    RegisterDoorbell(Registers registers, Register register, int value) {
        this.registers = registers;
        this.offset = register.offset();
        this.value = value;
    }

    @Override
    public void ring(int next) {
        registers.write16(offset, value);
    }
}
