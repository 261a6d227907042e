package org.jvirtio.cli.lab;

import java.util.function.UnaryOperator;
import org.jvirtio.cli.Functions;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.cli.ShellWords;
import org.jvirtio.lab.matrix.CellReach;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.sysfs.PciAddress;

/**
 * How a function of a QEMU is reached by its slot: in a guest over VFIO, or over a qtest socket.
 *
 * @param reach in the ids of cases
 * @param name of the function at {@code 00:04.0}, asked whenever one is opened
 */
record QemuPlace(CellReach reach, UnaryOperator<String> name) {

    /** As the process in the guest sees them. */
    static final QemuPlace GUEST =
            new QemuPlace(
                    CellReach.GUEST,
                    place -> GuestVfio.name(PciAddress.parse("0000:" + place)).toString());

    /** Takes function 0 of a slot on the root bus. */
    PciFunction open(int slot) {
        return Functions.openToDrive(name.apply(String.format("00:%02x.0", slot)));
    }

    /** The same in a machine of these options, for people to come there again. */
    QemuPlace in(GuestOptions machine) {
        return new QemuPlace(reach.with(ShellWords.join(machine.words())), name);
    }

    /** What people type to come to the same place. */
    String option() {
        return reach.typed();
    }
}
