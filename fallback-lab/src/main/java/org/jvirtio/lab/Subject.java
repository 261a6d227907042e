package org.jvirtio.lab;

import java.util.function.Supplier;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/**
 * A device in one of its layouts, with which both sides are checked: what the device does, and what
 * our driver does on it.
 *
 * <pre>
 *   check/block/virtio1/STA-08           device row
 *   check/driver/block/virtio1/STA-01    driver row
 * </pre>
 *
 * @param label in the ids of its cases: {@code block}, {@code net-transitional}
 * @param order the policy that chooses the layout
 * @param opener takes the function; called anew whenever one is needed
 * @param command what people type to check it again, without the id
 */
public record Subject(
        String label, Policy.Order order, Supplier<PciFunction> opener, String command) {

    /** The id of what one row asks of the device. */
    public String deviceCase(String row) {
        return "check/" + part(row);
    }

    /** The id of what one row asks of the driver. */
    public String driverCase(String row) {
        return "check/driver/" + part(row);
    }

    /** The policy that leaves nothing but the layout. */
    public Policy policy() {
        return Policy.of(order);
    }

    private String part(String row) {
        return label + "/" + order.label() + "/" + row;
    }
}
