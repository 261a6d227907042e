package org.jvirtio.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;

/** Drives the models in this process: what {@code run} can show without QEMU and without root. */
final class EmbeddedTour {

    /** A model, as the emulated reach names it, and the layout each policy must give. */
    private record Stop(String layout, String flavour, String policy, String expect) {

        /** Two of the devices of the mail have no room for MSI-X. */
        InterruptMode interrupts() {
            boolean pinOnly = layout.equals("mail-fast-isr") || layout.equals("mail-slow-isr");
            return pinOnly ? InterruptMode.INTX : InterruptMode.VECTOR_PER_QUEUE;
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
                    new Stop("mail-transitional", "of the mail, transitional", "legacy", "legacy"),
                    new Stop("mail-fast-isr", "of the mail, fast ISR", "auto", "register-set"),
                    new Stop("mail-slow-isr", "of the mail, no ISR set", "auto", "register-set"));

    private static final List<Stop> SHIPPED =
            List.of(
                    new Stop("virtio1", "modern", "auto", "virtio1"),
                    new Stop("virtio1", "modern", "pci-cfg", "virtio1 through PCI_CFG"),
                    new Stop("virtio1", "modern", "legacy", DriveOrder.REFUSED),
                    new Stop("transitional", "transitional", "auto", "virtio1"),
                    new Stop("transitional", "transitional", "legacy", "legacy"),
                    new Stop("legacy", "legacy-only", "auto", "legacy"));

    private EmbeddedTour() {}

    /** The devices of the mail only: no hypervisor makes them, so they are always emulated. */
    static List<DeviceReport> mail(Path directory, Consumer<DeviceReport> shown) {
        return drive(MAIL, directory, shown);
    }

    /** All layouts. */
    static List<DeviceReport> all(Path directory, Consumer<DeviceReport> shown) {
        List<Stop> stops = new ArrayList<>(SHIPPED);
        stops.addAll(MAIL);
        return drive(stops, directory, shown);
    }

    private static List<DeviceReport> drive(
            List<Stop> stops, Path directory, Consumer<DeviceReport> shown) {
        List<DeviceReport> rows = new ArrayList<>();
        Placeholder placeholder = new Placeholder("a", "embedded");
        Path original = ProofDisk.makePlain(directory, List.of(placeholder));
        for (DeviceType type : List.of(DeviceType.ENTROPY, DeviceType.BLOCK)) {
            for (Stop stop : stops) {
                DeviceReport row = drive(type, stop, placeholder, original, directory);
                shown.accept(row);
                rows.add(row);
            }
        }
        return rows;
    }

    private static DeviceReport drive(
            DeviceType type, Stop stop, Placeholder placeholder, Path original, Path directory) {
        String name = "emulated:" + type.label() + ",layout=" + stop.layout();
        if (type != DeviceType.BLOCK) {
            return Drive.report(order(name, type, stop, placeholder));
        }
        ProofDisk disk = ProofDisk.copyOf(original, directory.resolve("embedded.raw"));
        name += ",image=" + disk.image().toString().replace(",", ",,");
        DeviceReport row = Drive.report(order(name, type, stop, placeholder));
        return stop.expect().equals(DriveOrder.REFUSED)
                ? row
                : row.with(disk.checkRead(row, placeholder)).with(disk.checkImage());
    }

    private static DriveOrder order(
            String name, DeviceType type, Stop stop, Placeholder placeholder) {
        return new DriveOrder(
                name,
                type,
                stop.flavour(),
                Policy.parse(stop.policy()),
                stop.expect(),
                stop.interrupts(),
                placeholder,
                "jvirtio");
    }
}
