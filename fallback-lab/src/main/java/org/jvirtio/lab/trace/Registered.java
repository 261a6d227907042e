package org.jvirtio.lab.trace;

import java.util.Set;
import org.jvirtio.Register;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;
import org.jvirtio.transport.RegisterSetRegister;
import org.jvirtio.transport.SingleRegister;

/** Registers that mean the same in different layouts. */
public final class Registered {

    public static final Set<Register> STATUS =
            Set.of(CommonRegister.DEVICE_STATUS, LegacyRegister.DEVICE_STATUS);

    static final Set<Register> ISR =
            Set.of(
                    LegacyRegister.ISR_STATUS,
                    RegisterSetRegister.ISR_STATUS,
                    SingleRegister.ISR_STATUS);

    static final Set<Register> DOORBELL =
            Set.of(
                    LegacyRegister.QUEUE_NOTIFY,
                    RegisterSetRegister.QUEUE_NOTIFY,
                    RegisterSetRegister.QUEUE_NOTIFY_DATA,
                    SingleRegister.QUEUE_NOTIFY,
                    SingleRegister.QUEUE_NOTIFY_DATA);

    public static final Set<Register> OFFERED =
            Set.of(CommonRegister.DEVICE_FEATURE, LegacyRegister.DEVICE_FEATURES);

    public static final Set<Register> ACCEPTED =
            Set.of(CommonRegister.DRIVER_FEATURE, LegacyRegister.DRIVER_FEATURES);

    static final Set<Register> QUEUE_SIZE =
            Set.of(CommonRegister.QUEUE_SIZE, LegacyRegister.QUEUE_SIZE);

    /** Where the memory of a queue is. */
    static final Set<Register> QUEUE_PLACE =
            Set.of(
                    CommonRegister.QUEUE_DESC,
                    CommonRegister.QUEUE_DRIVER,
                    CommonRegister.QUEUE_DEVICE,
                    LegacyRegister.QUEUE_PFN);

    static final Set<Register> CONFIG_VECTOR =
            Set.of(CommonRegister.CONFIG_MSIX_VECTOR, LegacyRegister.CONFIG_MSIX_VECTOR);

    static final Set<Register> QUEUE_VECTOR =
            Set.of(CommonRegister.QUEUE_MSIX_VECTOR, LegacyRegister.QUEUE_MSIX_VECTOR);

    /** Registers of the queue that is selected, in the new layouts. */
    static final Set<Register> OF_QUEUE =
            Set.of(
                    CommonRegister.QUEUE_SIZE,
                    CommonRegister.QUEUE_MSIX_VECTOR,
                    CommonRegister.QUEUE_ENABLE,
                    CommonRegister.QUEUE_DESC,
                    CommonRegister.QUEUE_DRIVER,
                    CommonRegister.QUEUE_DEVICE,
                    CommonRegister.QUEUE_RESET);

    private Registered() {}
}
