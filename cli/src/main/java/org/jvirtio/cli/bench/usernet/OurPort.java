package org.jvirtio.cli.bench.usernet;

import org.jvirtio.DeviceType;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.device.NetDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.transport.Transports;

/** Our driver on its device. */
final class OurPort {

    private OurPort() {}

    /** Starts it; the kernel's driver has both devices at first. */
    static NetDriver start() {
        DriverBinding.take(
                new SysfsBus(),
                UserNetPeer.OURS.function(),
                "vfio-pci",
                DriverBinding.Permission.FROM_ITS_DRIVER);
        PciFunction function = GuestVfio.open(UserNetPeer.OURS.function());
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        return NetDriver.start(Transports.open(function, DeviceType.NETWORK, choice.require()));
    }
}
