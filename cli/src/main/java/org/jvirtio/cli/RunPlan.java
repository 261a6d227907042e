package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;

/**
 * What {@code run} drives: the devices QEMU is asked for, and the rows they give.
 *
 * <p>A device that can be driven through two layouts is driven through both, in this order, so that
 * the second row has to find on the disk what the first one wrote.
 */
final class RunPlan {

    /** A device of QEMU, and the layouts it must be driven through. */
    record Station(int slot, DeviceType type, Flavour flavour) {

        String address() {
            return String.format("0000:00:%02x.0", slot);
        }

        boolean isBlock() {
            return type == DeviceType.BLOCK;
        }

        /**
         * At most 20 characters, so that a block device can give it back whole (section 5.2.6.2).
         */
        String serial() {
            return "jvirtio-" + flavour.label();
        }
    }

    /** How QEMU is told to make a device, and what is expected of each policy. */
    record Flavour(
            String label,
            String options,
            InterruptMode interrupts,
            List<Expectation> expectations) {

        Flavour(
                String label,
                String options,
                InterruptMode interrupts,
                Expectation... expectations) {
            this(label, options, interrupts, List.of(expectations));
        }
    }

    /** Under this policy, this layout; or a refusal. */
    private record Expectation(String policy, String layout) {}

    private static final List<Flavour> FLAVOURS =
            List.of(
                    new Flavour(
                            "modern",
                            "disable-legacy=on,disable-modern=off,iommu_platform=on",
                            InterruptMode.VECTOR_PER_QUEUE,
                            new Expectation("auto", "virtio1"),
                            new Expectation("pci-cfg", "virtio1 through PCI_CFG"),
                            new Expectation("legacy", DriveOrder.REFUSED)),
                    new Flavour(
                            "transitional",
                            "disable-legacy=off,disable-modern=off",
                            InterruptMode.VECTOR_PER_QUEUE,
                            new Expectation("auto", "virtio1"),
                            new Expectation("legacy", "legacy")),
                    new Flavour(
                            "without-msix",
                            "disable-legacy=off,disable-modern=off,vectors=0",
                            InterruptMode.INTX,
                            new Expectation("auto", "virtio1"),
                            new Expectation("legacy", "legacy")),
                    new Flavour(
                            "legacy-only",
                            "disable-legacy=off,disable-modern=on",
                            InterruptMode.VECTOR_PER_QUEUE,
                            new Expectation("auto", "legacy"),
                            new Expectation("virtio1", DriveOrder.REFUSED)));

    private final String token;
    private final List<Station> stations = new ArrayList<>();

    RunPlan() {
        byte[] random = new byte[4];
        new Random().nextBytes(random);
        token = HexFormat.of().formatHex(random);
        int slot = 2;
        for (DeviceType type : List.of(DeviceType.ENTROPY, DeviceType.BLOCK)) {
            for (Flavour flavour : FLAVOURS) {
                stations.add(new Station(slot++, type, flavour));
            }
        }
    }

    List<Station> stations() {
        return stations;
    }

    /** The rows of one device, in the order in which they must be driven. */
    List<DriveOrder> orders(Station station) {
        List<DriveOrder> orders = new ArrayList<>();
        char pass = 'a';
        for (Expectation expectation : station.flavour().expectations()) {
            orders.add(
                    new DriveOrder(
                            "vfio:" + station.address(),
                            station.type(),
                            station.flavour().label(),
                            Policy.parse(expectation.policy()),
                            expectation.layout(),
                            station.flavour().interrupts(),
                            new Placeholder(String.valueOf(pass++), token),
                            station.serial()));
        }
        return orders;
    }

    /** Every placeholder that some row overwrites. */
    List<Placeholder> placeholders() {
        List<Placeholder> all = new ArrayList<>();
        for (char pass = 'a'; pass <= 'c'; pass++) {
            all.add(new Placeholder(String.valueOf(pass), token));
        }
        return all;
    }

    /** QEMU arguments for a device; {@code image} is the file behind a block device. */
    static List<String> qemuArguments(Station station, String image) {
        String id = "d" + station.slot();
        String where =
                ",addr=" + Integer.toHexString(station.slot()) + "," + station.flavour().options();
        if (!station.isBlock()) {
            return List.of("-device", "virtio-rng-pci,id=" + id + where);
        }
        return List.of(
                "-drive",
                "if=none,format=raw,id=" + id + "f,file=" + image.replace(",", ",,"),
                "-device",
                "virtio-blk-pci,id="
                        + id
                        + ",drive="
                        + id
                        + "f,serial="
                        + station.serial()
                        + where);
    }
}
