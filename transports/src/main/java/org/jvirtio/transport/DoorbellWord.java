package org.jvirtio.transport;

import org.jvirtio.Doorbell;
import org.jvirtio.Register;
import org.jvirtio.Registers;

/**
 * What has to be written to ring for one queue (virtio 1.4 section 4.1.5.2).
 *
 * @param value the queue's index, or what the device gave instead (NOTIF_CONFIG_DATA)
 * @param tellsPosition whether the next entry follows in the upper half (NOTIFICATION_DATA)
 */
record DoorbellWord(int value, boolean tellsPosition) {

    /** One of two views of the same place, 16 or 32 bits wide. */
    <R extends Register> R pick(R plain, R withPosition) {
        return tellsPosition ? withPosition : plain;
    }

    Doorbell at(Registers registers, Register register) {
        return tellsPosition
                ? new PositionDoorbell(registers, register, value)
                : new RegisterDoorbell(registers, register, value);
    }
}
