package org.jvirtio.cli.bench.net;

import java.util.List;
import org.jvirtio.sysfs.PciAddress;

/** The two network functions of the guest, on one hub: what one sends the other receives. */
public enum NetPort {
    SENDER(4),
    RECEIVER(5);

    private final int slot;

    NetPort(int slot) {
        this.slot = slot;
    }

    public PciAddress address() {
        return PciAddress.parse(String.format("0000:00:%02x.0", slot));
    }

    /** Without ACCESS_PLATFORM: both peers are then compared without the IOMMU's translations. */
    public List<String> qemuArguments() {
        String port = "port" + slot;
        return List.of(
                "-netdev",
                "hubport,hubid=0,id=" + port,
                "-device",
                "virtio-net-pci,romfile=,disable-legacy=on,netdev=" + port + ",addr=" + slot);
    }
}
