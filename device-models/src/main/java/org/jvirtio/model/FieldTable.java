package org.jvirtio.model;

import java.util.Optional;
import org.jvirtio.Register;

/**
 * Finds the field that an access means. Exactly its width, or half of a 64-bit field (virtio 1.4
 * section 4.1.3.1); anything else is a complaint, for devices may answer it as they like.
 */
final class FieldTable<F extends Register> {

    private final String structure;
    private final F[] fields;
    private final Complaints complaints;

    FieldTable(String structure, F[] fields, Complaints complaints) {
        this.structure = structure;
        this.fields = fields.clone();
        this.complaints = complaints;
    }

    /** The field of a proper access; empty, and a complaint made, for any other. */
    Optional<F> find(String verb, int offset, int width) {
        for (F field : fields) {
            boolean half = field.width() == 8 && width == 4 && offset == field.offset() + 4;
            if (half || (offset == field.offset() && width == Math.min(4, field.width()))) {
                return Optional.of(field);
            }
        }
        complaints.add(
                String.format(
                        "%s of %d bytes at offset %d of the %s, where no field of that width"
                                + " begins: use the width of the field (section 4.1.3.1)",
                        verb, width, offset, structure));
        return Optional.empty();
    }
}
