package org.jvirtio.transport;

import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.Transport;
import org.jvirtio.pci.PciFunction;

/**
 * All that the two new layouts share: the common structure of virtio 1.x (1.4 section 4.1.4.3), and
 * the device configuration and interrupts that depend on it. What differs is where the windows are
 * and how a doorbell is found.
 */
final class CommonStructure {

    private final PciFunction function;
    private final StatusRegister status;
    private final CommonFeatures features;
    private final CommonQueues queues;
    private final GenerationConfig config;

    /**
     * Takes the structure at the start of {@code registers}.
     *
     * @param fields the device configuration; empty if there is none
     */
    CommonStructure(PciFunction function, Registers registers, Registers fields) {
        if (registers.length() < CommonRegister.SHORTEST) {
            throw new LayoutException(
                    String.format(
                            "Opening %s: its common structure has 0x%x bytes, and 0x%x are needed."
                                    + " Repair the device model.",
                            function.name(), registers.length(), CommonRegister.SHORTEST));
        }
        this.function = function;
        this.status = new StatusRegister(function, registers, CommonRegister.DEVICE_STATUS);
        this.features = new CommonFeatures(function.name(), registers, status);
        this.queues = new CommonQueues(function.name(), registers, features);
        this.config = new GenerationConfig(registers, fields);
    }

    StatusRegister status() {
        return status;
    }

    CommonFeatures features() {
        return features;
    }

    CommonQueues queues() {
        return queues;
    }

    GenerationConfig config() {
        return config;
    }

    /** The interrupts of this device, told apart by {@code isr} where they come by the pin. */
    InterruptLadder interrupts(Isr isr) {
        return new InterruptLadder(function.interrupts(), queues, isr);
    }

    /**
     * Resets the device, which forgets features and queues; a second time if its first queue seems
     * to have been left out.
     */
    void reset() {
        features.clear();
        queues.clear();
        status.reset(Transport.resetLimit());
        if (queues.isFirstEnabled()) {
            status.reset(Transport.resetLimit());
        }
    }
}
