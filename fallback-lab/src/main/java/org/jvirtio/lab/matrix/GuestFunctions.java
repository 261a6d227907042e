package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.vfio.VfioFunction;

/** Devices of QEMU's in the guest this runs in, over VFIO, at the slots they were ordered for. */
public final class GuestFunctions implements CellFunctions {

    /** Slots 0 and 1 of a q35 machine are taken; a network takes two. */
    private static final int FIRST_SLOT = 2;

    private static final List<ShownLayout> MADE =
            List.of(ShownLayout.LEGACY, ShownLayout.VIRTIO1, ShownLayout.TRANSITIONAL);

    /** The network last, for its far end is in the slot behind it. */
    private static final List<CellDevice> DEVICES =
            List.of(CellDevice.ENTROPY, CellDevice.BLOCK, CellDevice.NET);

    private static final int SLOTS_PER_LAYOUT = DEVICES.size() + 1;

    private final int slot;

    GuestFunctions(ShownLayout shown, CellDevice device) {
        slot = slot(shown, device);
    }

    /** What QEMU has to make. */
    public static List<ShownLayout> made() {
        return MADE;
    }

    /** The slot of a device; of a network's near end, whose far end is in the next. */
    public static int slot(ShownLayout shown, CellDevice device) {
        return FIRST_SLOT + MADE.indexOf(shown) * SLOTS_PER_LAYOUT + DEVICES.indexOf(device);
    }

    @Override
    public PciFunction near() {
        return open(slot);
    }

    @Override
    public PciFunction far() {
        return open(slot + 1);
    }

    private static PciFunction open(int slot) {
        PciAddress address = PciAddress.parse(String.format("0000:00:%02x.0", slot));
        return VfioFunction.open(new SysfsBus(), address, DriverBinding.Permission.UNBOUND);
    }

    @Override
    public List<String> complaints() {
        return List.of();
    }
}
