package org.jvirtio.lab.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.KernelLog;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;

/**
 * Looks at what the real virtio-pci did with a function, so that {@link LinuxPeer} is more than an
 * opinion. A function that no driver has is offered to virtio-pci, and taken back afterwards.
 *
 * <pre>
 *   /sys/bus/pci/devices/0000:00:02.0/driver -&gt; .../virtio-pci      it has it
 *   .../virtio0/features  0110000000000000000000000000000010...     bit 32: virtio 1.x
 *   /proc/iomem, ioports  "... : virtio-pci-modern"                 which half holds the BARs
 * </pre>
 */
public final class KernelCheck {

    private static final String DRIVER = "virtio-pci";
    private static final int VERSION_1 = 32;

    private final PciAddress address;
    private final Path device;
    private final Path proc;
    private final List<String> evidence = new ArrayList<>();

    KernelCheck(Path sys, Path proc, PciAddress address) {
        this.address = address;
        this.device = sys.resolve("bus/pci/devices").resolve(address.toString());
        this.proc = proc;
    }

    /**
     * Binds and looks; for a guest, since a driver that takes a disk may do anything with it.
     *
     * @throws EnvironmentException if virtio-pci is not loaded, or another driver has the function
     */
    public static KernelVerdict of(PciAddress address) {
        KernelCheck check = new KernelCheck(Path.of("/sys"), Path.of("/proc"), address);
        if (!Files.isDirectory(Path.of("/sys/bus/pci/drivers", DRIVER))) {
            throw new EnvironmentException(
                    "asking this kernel about "
                            + address
                            + ": it has no driver virtio-pci loaded. In a guest: jvirtio guest"
                            + " --load virtio_pci -- ...");
        }
        Optional<DriverBinding> binding = check.offer();
        try {
            return check.look(KernelLog.about(address + ": "));
        } finally {
            binding.ifPresent(DriverBinding::close);
        }
    }

    /** Empty if the driver does not take it, which is an answer. */
    private Optional<DriverBinding> offer() {
        SysfsBus bus = new SysfsBus();
        Optional<String> has = bus.entry(address).driver();
        if (has.isPresent() && !has.get().equals(DRIVER)) {
            throw new EnvironmentException(
                    "asking this kernel about "
                            + address
                            + ": its driver "
                            + has.get()
                            + " has it. Unbind it, or name another function.");
        }
        try {
            return Optional.of(
                    DriverBinding.take(bus, address, DRIVER, DriverBinding.Permission.UNBOUND));
        } catch (EnvironmentException refused) {
            evidence.add(refused.getMessage());
            return Optional.empty();
        }
    }

    /** Reads what is there now. */
    KernelVerdict look(List<String> log) {
        Optional<String> driver = linkName(device.resolve("driver"));
        evidence.add("driver: " + driver.orElse("none"));
        if (!driver.equals(Optional.of(DRIVER))) {
            return new KernelVerdict(Decision.REFUSES, evidence, log);
        }
        Optional<Boolean> byRegions = modernByRegions();
        Optional<Boolean> byFeatures = modernByFeatures();
        boolean modern = byRegions.or(() -> byFeatures).orElse(false);
        return new KernelVerdict(modern ? Decision.VIRTIO1 : Decision.LEGACY, evidence, log);
    }

    /** Which half of the driver asked for BARs of this function. */
    private Optional<Boolean> modernByRegions() {
        Optional<Boolean> modern = Optional.empty();
        for (String list : List.of("iomem", "ioports")) {
            for (String holder : holders(read(proc.resolve(list)))) {
                evidence.add(list + ": " + holder);
                modern = Optional.of(holder.contains("virtio-pci-modern"));
            }
        }
        return modern;
    }

    /** Lines below the one that names the function, which are indented deeper. */
    private List<String> holders(String text) {
        List<String> holders = new ArrayList<>();
        int depth = -1;
        for (String line : text.lines().toList()) {
            int indent = line.length() - line.stripLeading().length();
            if (depth >= 0 && indent <= depth) {
                depth = -1;
            }
            if (depth >= 0 && line.contains("virtio-pci-")) {
                holders.add(line.strip());
            }
            if (line.endsWith(" : " + address)) {
                depth = indent;
            }
        }
        return holders;
    }

    /** Features are those that a driver for the type accepted; without one there are none. */
    private Optional<Boolean> modernByFeatures() {
        Optional<Path> virtio = virtioDevice();
        if (virtio.isEmpty()) {
            evidence.add("no virtio device below it");
            return Optional.empty();
        }
        String features = read(virtio.get().resolve("features")).strip();
        Optional<String> driver = linkName(virtio.get().resolve("driver"));
        boolean modern = features.length() > VERSION_1 && features.charAt(VERSION_1) == '1';
        evidence.add(
                String.format(
                        "%s: driver %s, features %s, bit 32 (VERSION_1) %s",
                        virtio.get().getFileName(),
                        driver.orElse("none"),
                        features,
                        modern ? "set" : "clear"));
        return driver.isPresent() ? Optional.of(modern) : Optional.empty();
    }

    private Optional<Path> virtioDevice() {
        try (Stream<Path> entries = Files.list(device)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("virtio\\d+"))
                    .findFirst();
        } catch (IOException e) {
            throw unreadable(device, e);
        }
    }

    private static Optional<String> linkName(Path link) {
        try {
            return Files.isSymbolicLink(link)
                    ? Optional.of(Files.readSymbolicLink(link).getFileName().toString())
                    : Optional.empty();
        } catch (IOException e) {
            throw unreadable(link, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static EnvironmentException unreadable(Path file, IOException cause) {
        return new EnvironmentException(
                "reading " + file + ": " + cause + ". Run as root, in a Linux guest.", cause);
    }
}
