package org.jvirtio.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.pci.Policy;

/**
 * Drives the models, in this process or behind sockets: what {@code run} can show without QEMU and
 * without root.
 */
final class EmbeddedTour {

    /** Where the models of a tour are. */
    interface Place {

        /** The models in this process, without anything between them and the driver. */
        Place HERE = device -> "emulated:" + device;

        /** Puts a device there; the name by which it is driven. */
        String put(String device);

        /** What was put there was driven, and goes; a sentence and what was found about it. */
        default List<Check> leave() {
            return List.of();
        }
    }

    private static final String LEGACY = "legacy";
    private static final String SERIAL = "jvirtio";
    private static final String NEAR_MAC = "52:54:00:6a:76:01";
    private static final String PORT_NAME = "jvirtio.1";
    private static final String FAR_MAC = "52:54:00:6a:76:02";

    /** A model, as the emulated reach names it, and the layout each policy must give. */
    private record Stop(
            String layout, String flavour, String policy, String expect, RingFormat ring) {

        Stop(String layout, String flavour, String policy, String expect) {
            this(layout, flavour, policy, expect, RingFormat.SPLIT);
        }

        /** RING_PACKED is feature 34, and the legacy layout ends at 31. */
        boolean canBePacked() {
            return !expect.equals(LEGACY) && !expect.equals(DriveOrder.REFUSED);
        }

        Stop packed() {
            return new Stop(layout, flavour + ", packed", policy, expect, RingFormat.PACKED);
        }

        String name(String device) {
            String more = ring == RingFormat.PACKED ? ",ring=packed" : "";
            return device + ",layout=" + layout + more;
        }

        /** Two of the devices of the mail have no room for MSI-X. */
        private InterruptMode interrupts() {
            boolean pinOnly = layout.equals("mail-fast-isr") || layout.equals("mail-slow-isr");
            return pinOnly ? InterruptMode.INTX : InterruptMode.VECTOR_PER_QUEUE;
        }

        DriveOrder.Expectation expectation() {
            return new DriveOrder.Expectation(Policy.parse(policy), expect, interrupts(), ring);
        }
    }

    /** The three example devices of the mail of 2011. */
    private static final List<Stop> MAIL =
            List.of(
                    new Stop(
                            "mail-transitional",
                            "of the mail, transitional",
                            "auto",
                            "register-set"),
                    new Stop("mail-transitional", "of the mail, transitional", "legacy", LEGACY),
                    new Stop("mail-fast-isr", "of the mail, fast ISR", "auto", "register-set"),
                    new Stop("mail-slow-isr", "of the mail, no ISR set", "auto", "register-set"));

    private static final List<Stop> SHIPPED =
            List.of(
                    new Stop("virtio1", "modern", "auto", "virtio1"),
                    new Stop("virtio1", "modern", "pci-cfg", "virtio1 through PCI_CFG"),
                    new Stop("virtio1", "modern", "legacy", DriveOrder.REFUSED),
                    new Stop("transitional", "transitional", "auto", "virtio1"),
                    new Stop("transitional", "transitional", "legacy", LEGACY),
                    new Stop(LEGACY, "legacy-only", "auto", LEGACY));

    private final Path directory;
    private final Place place;
    private final Function<DriveOrder, DeviceReport> driving;
    private final Placeholder placeholder = new Placeholder("a", "embedded");
    private final Path original;

    private EmbeddedTour(Path directory, Place place, Function<DriveOrder, DeviceReport> driving) {
        this.directory = directory;
        this.place = place;
        this.driving = driving;
        original = ProofDisk.makePlain(directory, List.of(placeholder));
    }

    /** The devices of the mail only: no hypervisor makes them, so they are always emulated. */
    static List<DeviceReport> mail(Path directory, Function<DriveOrder, DeviceReport> driving) {
        return new EmbeddedTour(directory, Place.HERE, driving).drive(MAIL, row -> {});
    }

    /** All layouts. */
    static List<DeviceReport> all(
            Path directory,
            Place place,
            Function<DriveOrder, DeviceReport> driving,
            Consumer<DeviceReport> shown) {
        List<Stop> stops = new ArrayList<>(SHIPPED);
        stops.addAll(MAIL);
        return new EmbeddedTour(directory, place, driving).drive(stops, shown);
    }

    private List<DeviceReport> drive(List<Stop> stops, Consumer<DeviceReport> shown) {
        List<Stop> all = new ArrayList<>(stops);
        stops.stream().filter(Stop::canBePacked).map(Stop::packed).forEach(all::add);
        List<DeviceReport> rows = new ArrayList<>();
        for (DeviceType type : RunPlan.TYPES) {
            for (Stop stop : all) {
                DeviceReport row = drive(type, stop);
                for (Check check : place.leave()) {
                    row = row.with(check);
                }
                shown.accept(row);
                rows.add(row);
            }
        }
        return rows;
    }

    private DeviceReport drive(DeviceType type, Stop stop) {
        return switch (type) {
            case BLOCK -> driveBlock(stop);
            case NETWORK -> driveNetwork(stop);
            case CONSOLE -> driveConsole(stop);
            default -> driving.apply(order(type, stop, place.put(stop.name("entropy")), "", ""));
        };
    }

    private DeviceReport driveBlock(Stop stop) {
        ProofDisk disk = ProofDisk.copyOf(original, directory.resolve("embedded.raw"));
        String name = place.put(stop.name("block") + ",image=" + QemuValue.of(disk.image()));
        DeviceReport row = driving.apply(order(DeviceType.BLOCK, stop, name, "", SERIAL));
        return stop.expectation().isRefusal()
                ? row
                : row.with(disk.checkRead(row, placeholder)).with(disk.checkImage());
    }

    private DeviceReport driveNetwork(Stop stop) {
        String name = stop.name("net") + ",mtu=9000,hub=embedded,mac=";
        return driving.apply(
                order(
                        DeviceType.NETWORK,
                        stop,
                        place.put(name + NEAR_MAC),
                        place.put(name + FAR_MAC),
                        NEAR_MAC));
    }

    /** Its two ports are crossed, as QEMU's are by a socket. */
    private DeviceReport driveConsole(Stop stop) {
        String name = place.put(stop.name("console") + ",ports=2,crossed=on");
        return driving.apply(order(DeviceType.CONSOLE, stop, name, "", PORT_NAME));
    }

    private DriveOrder order(
            DeviceType type, Stop stop, String name, String farEnd, String identity) {
        return new DriveOrder(
                name, farEnd, type, stop.flavour(), stop.expectation(), placeholder, identity);
    }
}
