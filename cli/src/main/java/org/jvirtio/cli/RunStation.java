package org.jvirtio.cli;

import java.util.List;
import org.jvirtio.DeviceType;

/**
 * A device that a run asks QEMU for, of one function; or, for a network, of two on one hub, because
 * a frame that is sent has to arrive somewhere.
 *
 * @param slot of the first function; the second is in the next
 */
public record RunStation(int slot, DeviceType type, RunPlan.Flavour flavour) {

    boolean isBlock() {
        return type == DeviceType.BLOCK;
    }

    private boolean isNetwork() {
        return type == DeviceType.NETWORK;
    }

    /** How many functions, and slots. */
    int functions() {
        return isNetwork() ? 2 : 1;
    }

    /** Where on the bus the function is that is driven: {@code 00:04.0}. */
    String address() {
        return address(slot);
    }

    /** The same of the other end of a network; empty for other devices. */
    String farAddress() {
        return isNetwork() ? address(slot + 1) : "";
    }

    private static String address(int slot) {
        return String.format("00:%02x.0", slot);
    }

    /**
     * What the device must say it is: an Ethernet address, or a serial number of at most 20
     * characters, so that a block device can give it back whole (section 5.2.6.2).
     */
    String identity() {
        return isNetwork() ? mac(slot) : "jvirtio-" + flavour.label();
    }

    private static String mac(int slot) {
        return String.format("52:54:00:6a:76:%02x", slot);
    }

    /** QEMU arguments; {@code image} is the file behind a block device. */
    public List<String> qemuArguments(String image) {
        return switch (type) {
            case BLOCK ->
                    List.of(
                            "-drive",
                            "if=none,format=raw,id=" + id(slot) + "f,file=" + escaped(image),
                            "-device",
                            device("virtio-blk-pci", slot)
                                    + (",drive=" + id(slot) + "f,serial=" + identity()));
            case NETWORK ->
                    List.of(
                            "-netdev",
                            hubPort(slot),
                            "-netdev",
                            hubPort(slot + 1),
                            "-device",
                            networkDevice(slot),
                            "-device",
                            networkDevice(slot + 1));
            default -> List.of("-device", device("virtio-rng-pci", slot));
        };
    }

    private String hubPort(int end) {
        return "hubport,hubid=" + slot + ",id=" + id(end) + "n";
    }

    /** Nobody boots from these: no ROM, which would be another file to find. */
    private String networkDevice(int end) {
        return device("virtio-net-pci", end)
                + (",netdev=" + id(end) + "n,mac=" + mac(end) + ",romfile=,")
                + flavour.netOptions();
    }

    private String device(String kind, int at) {
        return String.format("%s,id=%s,addr=%x,%s", kind, id(at), at, flavour.options());
    }

    private static String id(int slot) {
        return "d" + slot;
    }

    private static String escaped(String value) {
        return value.replace(",", ",,");
    }
}
