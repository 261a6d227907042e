package org.jvirtio.lab.overlay;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jvirtio.Register;

/**
 * Bytes of a structure, by name or by number: {@code QUEUE_SIZE}, or {@code +0x18/2}.
 *
 * @param offset bytes from the structure's start
 * @param width bytes, 1 to 8
 */
record Field(String name, int offset, int width) {

    static final int WIDEST = 8;

    static Field of(Register register) {
        return new Field(register.name(), register.offset(), register.width());
    }

    /** Everything of some enums of registers. */
    static List<Field> of(Register[]... tables) {
        return Arrays.stream(tables).flatMap(Arrays::stream).map(Field::of).toList();
    }

    static Optional<Field> find(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.name.equals(name)).findFirst();
    }

    static String names(List<Field> fields) {
        return fields.stream().map(Field::name).distinct().collect(Collectors.joining(", "));
    }
}
