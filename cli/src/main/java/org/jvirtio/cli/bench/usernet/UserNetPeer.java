package org.jvirtio.cli.bench.usernet;

import java.util.List;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.sysfs.PciAddress;

/** Who drives a network device of the guest; each device is on a network of its own. */
public enum UserNetPeer {
    OURS(Cell.OURS, 4, 2),
    KERNEL("virtio_net", 5, 3);

    private final String label;
    private final int slot;
    private final int network;

    UserNetPeer(String label, int slot, int network) {
        this.label = label;
        this.slot = slot;
        this.network = network;
    }

    public String label() {
        return label;
    }

    PciAddress function() {
        return PciAddress.parse(String.format("0000:00:%02x.0", slot));
    }

    /** The guest's own, as QEMU's user network would grant it. */
    String address() {
        return "10.0." + network + ".15/24";
    }

    /** The host's loopback, as the user network shows it. */
    String host() {
        return "10.0." + network + ".2";
    }

    /** The user network has no offloads, so neither device offers any. */
    public List<String> qemuArguments() {
        String name = "net" + slot;
        return List.of(
                "-netdev",
                String.format("user,id=%s,ipv6=off,net=10.0.%d.0/24", name, network),
                "-device",
                "virtio-net-pci,romfile=,disable-legacy=on,netdev=" + name + ",addr=" + slot);
    }
}
