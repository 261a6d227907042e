package org.jvirtio.pci;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Fields that belong together, under a label.
 *
 * @param label empty if the fields need none
 */
record DecodedLine(String label, List<DecodedField> fields) {

    DecodedLine {
        fields = List.copyOf(fields);
    }

    static DecodedLine of(String label, DecodedField... fields) {
        return new DecodedLine(label, List.of(fields));
    }

    String text() {
        String values = fields.stream().map(DecodedField::text).collect(Collectors.joining(" "));
        return label.isEmpty() ? values : label + ": " + values;
    }
}
