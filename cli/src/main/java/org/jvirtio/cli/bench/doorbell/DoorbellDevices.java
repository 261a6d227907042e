package org.jvirtio.cli.bench.doorbell;

import java.util.List;

/** The devices of the guest, in QEMU's words and by the addresses they have there. */
public final class DoorbellDevices {

    static final String MODERN_RNG = "0000:00:02.0";
    static final String LEGACY_RNG = "0000:00:03.0";
    static final String MODERN_DISK = "0000:00:04.0";
    static final String LEGACY_DISK = "0000:00:05.0";

    private static final String NULL_DISK =
            "if=none,format=raw,file.driver=null-co,file.size=64M,file.read-zeroes=off,id=";

    private DoorbellDevices() {}

    /** A disk that answers at once: what is left is the way there and back. */
    public static List<String> qemuArguments() {
        return List.of(
                "-device",
                "virtio-rng-pci,addr=2,disable-legacy=on,iommu_platform=on",
                "-device",
                "virtio-rng-pci,addr=3,disable-modern=on",
                "-drive",
                NULL_DISK + "modern",
                "-device",
                "virtio-blk-pci,addr=4,drive=modern,disable-legacy=on",
                "-drive",
                NULL_DISK + "old",
                "-device",
                "virtio-blk-pci,addr=5,drive=old,disable-modern=on");
    }
}
