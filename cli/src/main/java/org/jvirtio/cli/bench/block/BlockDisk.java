package org.jvirtio.cli.bench.block;

import java.nio.file.Path;
import java.util.List;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.PciAddress;

/**
 * The disks of the guest: what is behind them, and the only layout they have.
 *
 * <p>None offers ACCESS_PLATFORM but the one that says so: the others bypass the IOMMU, as every
 * legacy device does, and so are compared without the cost of its translations.
 */
public enum BlockDisk {
    NULL_VIRTIO1("null", "1.x", 4),
    NULL_LEGACY("null", "legacy", 5),
    FILE_VIRTIO1("file", "1.x", 6),
    FILE_LEGACY("file", "legacy", 7),
    NULL_TRANSLATED("null", "1.x-iommu", 8);

    private final String backend;
    private final String layout;
    private final int slot;

    BlockDisk(String backend, String layout, int slot) {
        this.backend = backend;
        this.layout = layout;
        this.slot = slot;
    }

    /** {@code null} or {@code file}. */
    public String backend() {
        return backend;
    }

    /** {@code 1.x}, {@code 1.x-iommu} or {@code legacy}. */
    public String layout() {
        return layout;
    }

    boolean isLegacy() {
        return layout.equals("legacy");
    }

    public PciAddress address() {
        return PciAddress.parse(String.format("0000:00:%02x.0", slot));
    }

    Policy policy() {
        return Policy.parse(isLegacy() ? "legacy" : "virtio1");
    }

    /** Whether a run that selects nothing measures it. */
    boolean isUsual() {
        return this != NULL_TRANSLATED;
    }

    /** {@code image} is used by the disks with a file behind them, one file for each. */
    public List<String> qemuArguments(Path image) {
        String node = "disk" + slot;
        String shape =
                isLegacy()
                        ? "disable-legacy=off,disable-modern=on"
                        : "disable-legacy=on,disable-modern=off";
        if (this == NULL_TRANSLATED) {
            shape += ",iommu_platform=on";
        }
        return List.of(
                "-blockdev",
                "node-name=" + node + "," + blockdev(image),
                "-device",
                "virtio-blk-pci,drive=" + node + ",addr=" + slot + ",num-queues=1," + shape);
    }

    /** An answer of null-co costs nothing beyond the emulation itself. */
    private String blockdev(Path image) {
        return backend.equals("null")
                ? "driver=null-co,size=1073741824,read-zeroes=on"
                : "driver=raw,file.driver=file,file.filename=" + QemuValue.of(image);
    }
}
