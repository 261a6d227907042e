package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;

/**
 * What is rehearsed on the host while a guest image is built, so that the image's class archive
 * holds what {@link GuestDrive} will need: both drivers on the models, and a function that VFIO
 * cannot open.
 */
final class GuestRehearsal {

    private GuestRehearsal() {}

    /** Class name and arguments of the program to rehearse. */
    static List<String> words() {
        List<String> words = new ArrayList<>(List.of(GuestDrive.class.getName()));
        for (String layout : List.of("virtio1", "legacy")) {
            words.add(order("emulated:entropy,layout=" + layout, DeviceType.ENTROPY, layout));
            words.add(order("emulated:block,layout=" + layout, DeviceType.BLOCK, layout));
        }
        words.add(order("emulated:entropy,layout=virtio1", DeviceType.ENTROPY, "pci-cfg"));
        words.add(order("vfio:ffff:ff:1f.7", DeviceType.ENTROPY, "virtio1"));
        return words;
    }

    private static String order(String function, DeviceType type, String policy) {
        return new DriveOrder(
                        function,
                        type,
                        "rehearsal",
                        Policy.parse(policy),
                        policy,
                        InterruptMode.VECTOR_PER_QUEUE,
                        new Placeholder("a", "rehearsal"),
                        "jvirtio")
                .encode();
    }
}
