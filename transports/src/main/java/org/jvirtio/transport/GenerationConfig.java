package org.jvirtio.transport;

import java.util.Objects;
import java.util.function.Supplier;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceConfig;
import org.jvirtio.Registers;

/**
 * The device configuration of the new layouts, guarded by the generation in the common structure
 * (virtio 1.4 section 2.5.1).
 */
final class GenerationConfig implements DeviceConfig {

    /** The loop of the specification has no bound; a device may not hold us for ever. */
    static final int MOST_TRIES = 64;

    private final Registers common;
    private final Registers fields;

    GenerationConfig(Registers common, Registers fields) {
        this.common = common;
        this.fields = fields;
    }

    @Override
    public Registers fields() {
        return fields;
    }

    /**
     * Reads twice under one generation and wants the same answer, because there are devices whose
     * generation never changes (Cloud Hypervisor was one).
     */
    @Override
    public <T> T consistent(Supplier<T> reading) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int before = common.read(CommonRegister.CONFIG_GENERATION);
            T first = reading.get();
            T second = reading.get();
            int after = common.read(CommonRegister.CONFIG_GENERATION);
            if (before == after && Objects.deepEquals(first, second)) {
                return second;
            }
        }
        throw new DeviceBrokenException(
                "Reading the device configuration: it changed during each of "
                        + MOST_TRIES
                        + " tries. The device never lets it settle: reset it, report the device.");
    }
}
