package org.jvirtio;

import java.util.List;
import java.util.Optional;

/**
 * A feature bit with a name. Implemented by one enum for the ring and transport, one per device.
 */
public interface Feature {

    String name();

    /** Bit number, 0 to 127. */
    int bit();

    /** The features without which this one must not be accepted (section 2.2.1). */
    default List<Feature> needs() {
        return List.of();
    }

    /**
     * The fields of the device configuration that exist because of this feature. A device that
     * offers the feature and does not show the fields offers it in vain.
     */
    default List<Register> fields() {
        return List.of();
    }

    /**
     * Why what the device says in those fields makes the feature useless; empty for most. The
     * device goes on without it.
     */
    default Optional<String> refusal(DeviceConfig config) {
        return Optional.empty();
    }
}
