package org.jvirtio.cli.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices of QEMU for the emulated devices that a lesson names: one slot for each. */
final class QemuTwins {

    static final String EMULATED = "emulated:";

    private static final int FIRST_SLOT = 4;
    private static final int LAST_SLOT = 0x1e;

    private static final Map<String, String> DEVICES =
            Map.of(
                    "block", "virtio-blk-pci",
                    "entropy", "virtio-rng-pci",
                    "net", "virtio-net-pci");

    private static final Map<String, String> LAYOUTS =
            Map.of(
                    "virtio1", ",disable-legacy=on",
                    "transitional", ",disable-legacy=off",
                    "legacy", ",disable-legacy=off,disable-modern=on");

    /** What has no counterpart there, or is the same whatever it is: on any network is somebody. */
    private static final List<String> IGNORED = List.of("queue", "size", "seed", "hub");

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();

    /** Notes a word of a command, if it names an emulated device that QEMU can make, too. */
    void want(String word) {
        int at = word.indexOf(EMULATED);
        if (at >= 0 && !addresses.containsKey(word.substring(at))) {
            add(word.substring(at));
        }
    }

    private void add(String name) {
        String[] parts = name.substring(EMULATED.length()).split(",", -1);
        StringBuilder device = new StringBuilder(DEVICES.getOrDefault(parts[0], ""));
        String layout = "virtio1";
        String image = "";
        for (int i = 1; i < parts.length; i++) {
            String[] option = parts[i].split("=", 2);
            if (option[0].equals("layout")) {
                layout = option[1];
            } else if (parts[i].equals("ring=packed")) {
                device.append(",packed=on");
            } else if (option[0].equals("vectors")) {
                device.append(",").append(parts[i]);
            } else if (option[0].equals("image")) {
                image = option[1];
            } else if (!IGNORED.contains(option[0])) {
                return;
            }
        }
        int slot = FIRST_SLOT + addresses.size();
        if (DEVICES.containsKey(parts[0]) && LAYOUTS.containsKey(layout) && slot <= LAST_SLOT) {
            addresses.put(name, String.format("00:%02x.0", slot));
            backend(parts[0], slot, image, device);
            arguments.addAll(
                    List.of(
                            "-device",
                            device
                                    + LAYOUTS.get(layout)
                                    + ",addr="
                                    + String.format("%02x", slot)
                                    + ".0"));
        }
    }

    /** A disk of zeros if no image is named, and QEMU's own small network, which answers ARP. */
    private void backend(String kind, int slot, String image, StringBuilder device) {
        if (kind.equals("block")) {
            arguments.addAll(
                    List.of(
                            "-blockdev",
                            (image.isEmpty()
                                            ? "driver=null-co,read-zeroes=on,size=67108864"
                                            : "driver=file,read-only=on,filename=" + image)
                                    + ",node-name=disk"
                                    + slot));
            device.append(",drive=disk").append(slot);
        } else if (kind.equals("net")) {
            arguments.addAll(List.of("-netdev", "user,id=net" + slot));
            device.append(",netdev=net").append(slot);
        }
    }

    int count() {
        return addresses.size();
    }

    /** Where on the bus the twin of each emulated device is. */
    Map<String, String> addresses() {
        return addresses;
    }

    List<String> qemuArguments() {
        return arguments;
    }
}
