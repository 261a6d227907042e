package org.jvirtio.vfio;

import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;

/** A function had from its group, and an address space had from a container. */
final class GroupAccess implements VfioAccess {

    private final VfioContainer container;
    private final VfioGroup group;
    private final VfioDevice device;
    private final AddressSpace space;

    private GroupAccess(
            VfioContainer container, VfioGroup group, VfioDevice device, AddressSpace space) {
        this.container = container;
        this.group = group;
        this.device = device;
        this.space = space;
    }

    /** Without an IOMMU, too: the kernel then makes a group of each function it gives away. */
    static VfioAccess open(SysfsBus bus, PciAddress address, IommuType type) {
        OpenFiles opened = new OpenFiles();
        try {
            VfioContainer container = opened.add(VfioContainer.open(type));
            VfioGroup group = opened.add(VfioGroup.of(bus, address, type));
            group.attach(container);
            container.start();
            VfioDevice device = opened.add(group.device(address));
            return new GroupAccess(container, group, device, type.addressSpace(container.file()));
        } catch (RuntimeException e) {
            throw opened.closeAfter(e);
        }
    }

    @Override
    public VfioDevice device() {
        return device;
    }

    @Override
    public AddressSpace addressSpace() {
        return space;
    }

    @Override
    public void close() {
        device.close();
        group.close();
        container.close();
    }
}
