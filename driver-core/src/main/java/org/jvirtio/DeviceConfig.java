package org.jvirtio;

import java.util.function.Supplier;

/**
 * The device-specific configuration space (virtio 1.4 section 2.5), as the layout in use shows it.
 *
 * <p>Fields wider than 32 bits, and fields that belong together, are read inside {@link
 * #consistent}.
 */
public interface DeviceConfig {

    /** The fields, from offset 0; its length is what the layout can show, which may be nothing. */
    Registers fields();

    /**
     * Repeats {@code reading} until nothing changed underneath: the generation is the same before
     * and after (section 2.5.1), or, where a layout has no generation, two readings are equal
     * (2.5.4).
     *
     * @throws DeviceBrokenException if it never settles
     */
    <T> T consistent(Supplier<T> reading);

    /** True if the layout shows all of {@code field}. */
    default boolean has(Register field) {
        return field.offset() + (long) field.width() <= fields().length();
    }
}
