package org.jvirtio.lab.check;

import java.util.function.Supplier;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/**
 * A device to check, in one of its layouts.
 *
 * @param label in the ids of its cases: {@code block}, {@code net-transitional}
 * @param order the policy that chooses the layout
 * @param opener takes the function; called once for each check
 * @param command what people type to check it again, without the id
 */
public record Subject(
        String label, Policy.Order order, Supplier<PciFunction> opener, String command) {

    /** The id of a row's case. */
    String caseId(Row row) {
        return "check/" + label + "/" + order.label() + "/" + row.id();
    }
}
