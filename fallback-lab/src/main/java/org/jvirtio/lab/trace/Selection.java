package org.jvirtio.lab.trace;

import org.jvirtio.Register;
import org.jvirtio.pci.MsixField;
import org.jvirtio.trace.Access;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

/**
 * What decides the meaning of other registers, at one moment of a trace.
 *
 * @param queue last written to queue_select
 * @param deviceWindow last written to device_feature_select
 * @param driverWindow last written to driver_feature_select
 * @param msix whether MSI-X is enabled
 */
record Selection(int queue, int deviceWindow, int driverWindow, boolean msix) {

    private static final int MSIX_ENABLE = 1 << 15;

    Selection withMsix(boolean enabled) {
        return new Selection(queue, deviceWindow, driverWindow, enabled);
    }

    /** What is selected after an access to {@code register}. */
    Selection after(Register register, Access access) {
        int value = access.value();
        if (register == MsixField.MESSAGE_CONTROL) {
            return withMsix((value & MSIX_ENABLE) != 0);
        }
        if (access.isRead()) {
            return this;
        }
        if (register == CommonRegister.QUEUE_SELECT || register == LegacyRegister.QUEUE_SELECT) {
            return new Selection(value, deviceWindow, driverWindow, msix);
        }
        if (register == CommonRegister.DEVICE_FEATURE_SELECT) {
            return new Selection(queue, value, driverWindow, msix);
        }
        return register == CommonRegister.DRIVER_FEATURE_SELECT
                ? new Selection(queue, deviceWindow, value, msix)
                : this;
    }
}
