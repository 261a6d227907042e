package org.jvirtio.cli;

import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;

/**
 * One row that a run is to produce: which function, under which policy, and what should come of it.
 * Travels to the guest as one argument of the kernel command line, hence short and without spaces.
 *
 * @param flavour what the device was made to be: {@code modern}, {@code transitional}, ...
 * @param expect label of the layout that must be chosen, or {@link #REFUSED}
 * @param interrupts the mode that must be reached, if a layout is chosen
 * @param placeholder what a block device is written with
 * @param serial the identification string that a block device must give
 */
record DriveOrder(
        String function,
        DeviceType type,
        String flavour,
        Policy policy,
        String expect,
        InterruptMode interrupts,
        Placeholder placeholder,
        String serial) {

    static final String REFUSED = "refused";

    /** The function without the file behind it, which means nothing to a reader. */
    String label() {
        return function.replaceFirst(",image=.*", "");
    }

    String device() {
        return type.label() + ", " + flavour;
    }

    String encode() {
        return String.join(
                ";",
                function,
                type.name(),
                flavour,
                policy.toString(),
                expect,
                interrupts.name(),
                placeholder.pass(),
                placeholder.token(),
                serial);
    }

    static DriveOrder decode(String text) {
        String[] parts = text.split(";", -1);
        if (parts.length != 9) {
            throw new IllegalArgumentException(
                    "an order has 9 parts, this one " + parts.length + ": " + text);
        }
        return new DriveOrder(
                parts[0],
                DeviceType.valueOf(parts[1]),
                parts[2],
                Policy.parse(parts[3]),
                parts[4],
                InterruptMode.valueOf(parts[5]),
                new Placeholder(parts[6], parts[7]),
                parts[8]);
    }
}
