package org.jvirtio.cli;

import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.guest.QemuValue;

/**
 * A device that a run asks QEMU for, of one function; or, for a network, of two on one hub, because
 * a frame that is sent has to arrive somewhere.
 *
 * @param slot of the first function; the second is in the next
 */
public record RunStation(int slot, DeviceType type, RunPlan.Flavour flavour) {

    /** One for each of six queues, and one for the configuration; QEMU gives one per port. */
    private static final String CONSOLE_VECTORS = ",vectors=7";

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
     * What the device must say it is: an Ethernet address, the name of a port, or a serial number
     * of at most 20 characters, so that a block device can give it back whole (section 5.2.6.2).
     */
    String identity() {
        return isNetwork() ? mac(slot) : "jvirtio-" + flavour.label();
    }

    private static String mac(int slot) {
        return String.format("52:54:00:6a:76:%02x", slot);
    }

    /**
     * QEMU arguments.
     *
     * @param behind the file behind a block device; the socket that QEMU makes to connect the ports
     *     of a console, of at most 107 bytes
     */
    public List<String> qemuArguments(String behind) {
        return switch (type) {
            case BLOCK ->
                    List.of(
                            "-drive",
                            "if=none,format=raw,id=" + id(slot) + "f,file=" + QemuValue.of(behind),
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
            case CONSOLE -> console(QemuValue.of(behind));
            default -> List.of("-device", device("virtio-rng-pci", slot));
        };
    }

    /** What port 0, a console, transmits port 1 receives, and back, through a socket. */
    private List<String> console(String socket) {
        String bus = ",bus=" + id(slot) + ".0";
        boolean ownVectors = flavour.options().contains("vectors=");
        return List.of(
                "-chardev",
                "socket,server=on,wait=off,id=" + id(slot) + "a,path=" + socket,
                "-chardev",
                "socket,id=" + id(slot) + "b,path=" + socket,
                "-device",
                device("virtio-serial-pci", slot)
                        + (",max_ports=2" + (ownVectors ? "" : CONSOLE_VECTORS)),
                "-device",
                "virtconsole,nr=0,chardev=" + id(slot) + "a" + bus,
                "-device",
                "virtserialport,nr=1,chardev=" + id(slot) + "b,name=" + identity() + bus);
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
}
