package org.jvirtio.cli;

import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;

/**
 * One row that a run is to produce: which device, under which policy, and what should come of it.
 *
 * @param function the function that is driven: the near end of a network
 * @param farEnd the function at the other end of a network; empty for other devices
 * @param flavour what the device was made to be: {@code modern}, {@code transitional}, ...
 * @param placeholder what a block device is written with
 * @param identity what the device must say it is: the serial number of a disk, the address of a
 *     network device, the name of port 1 of a console
 */
record DriveOrder(
        String function,
        String farEnd,
        DeviceType type,
        String flavour,
        Expectation expected,
        Placeholder placeholder,
        String identity) {

    static final String REFUSED = "refused";

    /**
     * What should come of a device under one policy.
     *
     * @param layout label of the layout that must be chosen, or {@link #REFUSED}
     * @param interrupts the mode that must be reached, if a layout is chosen
     * @param ring the format that must be agreed on, if a layout is chosen
     */
    record Expectation(Policy policy, String layout, InterruptMode interrupts, RingFormat ring) {

        boolean isRefusal() {
            return layout.equals(REFUSED);
        }
    }

    Policy policy() {
        return expected.policy();
    }

    /** The function without what only connects it to its surroundings. */
    String label() {
        return function.replaceFirst(",(image|mtu|ports)=.*", "")
                .replaceFirst("^(qtest|vfio-user):.*/", "$1:");
    }

    String device() {
        return type.label() + ", " + flavour;
    }
}
