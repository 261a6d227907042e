package org.jvirtio.cli.bench.doorbell;

import org.jvirtio.DeviceType;
import org.jvirtio.Transport;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.transport.Transports;

/** A function of the guest, through VFIO, in the layout that is to be measured. */
final class GuestFunction {

    private GuestFunction() {}

    static Transport open(String address, Policy policy, DeviceType type) {
        PciFunction function = GuestVfio.open(PciAddress.parse(address));
        try {
            LayoutChoice choice = LayoutChoice.of(function, policy);
            return Transports.open(function, type, choice.require());
        } catch (RuntimeException failure) {
            try (function) {
                throw failure;
            }
        }
    }
}
