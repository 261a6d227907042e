package org.jvirtio.cli.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.pci.Policy;

/**
 * A device that QEMU is asked for, to be checked.
 *
 * @param label in the ids of its cases: {@code block-transitional}
 * @param words in QEMU's language, without address and without what is behind the device
 * @param slot on the root bus
 */
record CheckedDevice(String label, String words, int slot) {

    private static final long DISK_BYTES = 16L << 20;

    private static final int FIRST_SLOT = 4;

    /** Block, network, entropy and console, each modern, transitional and legacy. */
    static final List<String> ALL =
            List.of(
                    "virtio-blk-pci,disable-legacy=on,iommu_platform=on,packed=on",
                    "virtio-blk-pci",
                    "virtio-blk-pci,disable-modern=on",
                    "virtio-net-pci,disable-legacy=on,iommu_platform=on,packed=on",
                    "virtio-net-pci",
                    "virtio-net-pci,disable-modern=on",
                    "virtio-rng-pci,disable-legacy=on,iommu_platform=on,packed=on",
                    "virtio-rng-pci",
                    "virtio-rng-pci,disable-modern=on",
                    "virtio-serial-pci,disable-legacy=on,iommu_platform=on,packed=on",
                    "virtio-serial-pci",
                    "virtio-serial-pci,disable-modern=on");

    /** Gives each a slot, and a label that no other has. */
    static List<CheckedDevice> of(List<String> words) {
        List<CheckedDevice> devices = new ArrayList<>();
        for (String some : words) {
            String label = label(some);
            long before =
                    devices.stream()
                            .filter(other -> other.label.replaceFirst("-\\d+$", "").equals(label))
                            .count();
            devices.add(
                    new CheckedDevice(
                            before == 0 ? label : label + "-" + (before + 1),
                            some,
                            FIRST_SLOT + devices.size()));
        }
        return devices;
    }

    private static String label(String words) {
        String driver = words.split(",", -1)[0];
        String kind = driver.replaceFirst("^virtio-", "").replaceFirst("-pci.*$", "");
        String device =
                switch (kind) {
                    case "blk" -> "block";
                    case "rng" -> "entropy";
                    case "serial" -> "console";
                    default -> kind;
                };
        return device + "-" + flavour(words);
    }

    private static String flavour(String words) {
        if (words.contains("disable-legacy=on") || words.contains("-non-transitional")) {
            return "modern";
        }
        return words.contains("disable-modern=on") ? "legacy" : "transitional";
    }

    /** The layouts that QEMU gives such a device on a root bus. */
    List<Policy.Order> layouts() {
        return switch (flavour(words)) {
            case "modern" -> List.of(Policy.Order.VIRTIO1);
            case "legacy" -> List.of(Policy.Order.LEGACY);
            default -> List.of(Policy.Order.VIRTIO1, Policy.Order.LEGACY);
        };
    }

    /** Arguments for QEMU; a disk, a network or a port is added where none was asked for. */
    List<String> qemuArguments(Path directory) {
        List<String> arguments = new ArrayList<>();
        String device = words + ",addr=" + String.format("0x%x", slot) + ",id=dev" + slot;
        if (words.startsWith("virtio-blk") && !words.contains("drive=")) {
            String image = QemuValue.of(directory.resolve(label + ".img"));
            arguments.addAll(
                    List.of(
                            "-drive",
                            "if=none,format=raw,discard=unmap,id=disk" + slot + ",file=" + image));
            device += ",drive=disk" + slot;
        } else if (words.startsWith("virtio-net") && !words.contains("netdev=")) {
            arguments.addAll(List.of("-netdev", "user,restrict=on,id=net" + slot));
            device += ",netdev=net" + slot;
        }
        arguments.addAll(List.of("-device", device));
        if (words.startsWith("virtio-serial")) {
            arguments.addAll(
                    List.of(
                            "-chardev",
                            "null,id=port" + slot,
                            "-device",
                            "virtconsole,chardev=port" + slot + ",bus=dev" + slot + ".0"));
        }
        return arguments;
    }

    /** Bytes of the image behind it; 0 if it has none of ours. */
    long diskBytes() {
        return words.startsWith("virtio-blk") && !words.contains("drive=") ? DISK_BYTES : 0;
    }
}
