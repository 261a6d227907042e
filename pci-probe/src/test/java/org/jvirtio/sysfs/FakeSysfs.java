package org.jvirtio.sysfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;

/** A tree as Linux shows it, in a directory, with the kernel's answers to what is written. */
final class FakeSysfs implements SysfsBus.Kernel {

    /** {@code attribute = text} for every write, in order; attributes relative to {@code /sys}. */
    final List<String> written = new ArrayList<>();

    /** Somebody waits to take the function out, and does so once it is free. */
    boolean unplugOnUnbind;

    /** The attribute to which every write fails; none if empty. */
    String refused = "";

    private final Path sys;
    private final Path proc;

    FakeSysfs(Path directory) {
        sys = directory.resolve("sys");
        proc = directory.resolve("proc");
        text(proc.resolve("self/mountinfo"), "");
        text(proc.resolve("swaps"), "Filename Type Size Used Priority");
    }

    SysfsBus bus() {
        return new SysfsBus(sys, proc, this);
    }

    Path device(String address) {
        return sys.resolve("devices/pci0000:00").resolve(address);
    }

    FakeSysfs function(String address, String driver, int group) {
        Path device = device(address);
        text(device.resolve("vendor"), "0x1af4");
        text(device.resolve("device"), "0x1042");
        text(device.resolve("driver_override"), "(null)");
        text(device.resolve("resource"), "");
        link(sys.resolve("bus/pci/devices").resolve(address), device);
        if (group >= 0) {
            Path directory = sys.resolve("kernel/iommu_groups/" + group);
            text(directory.resolve("type"), "DMA-FQ");
            link(device.resolve("iommu_group"), directory);
        }
        if (!driver.isEmpty()) {
            driver(driver);
            bind(address, driver);
        }
        return this;
    }

    FakeSysfs driver(String name) {
        text(sys.resolve("bus/pci/drivers").resolve(name).resolve("unbind"), "");
        return this;
    }

    /** A disk or partition below a function, with its device number. */
    FakeSysfs disk(String address, String name, String number) {
        Path disk = device(address).resolve("virtio0/block").resolve(name);
        text(disk.resolve("dev"), number);
        directory(disk.resolve("holders"));
        link(sys.resolve("class/block").resolve(name), disk);
        return this;
    }

    /** A disk of a btrfs that is mounted. */
    FakeSysfs btrfsDisk(String name) {
        link(
                sys.resolve("fs/btrfs/0b7ad5a8/devices").resolve(name),
                sys.resolve("class/block").resolve(name));
        return this;
    }

    FakeSysfs holder(String address, String disk, String holder) {
        text(device(address).resolve("virtio0/block").resolve(disk + "/holders/" + holder), "");
        return this;
    }

    FakeSysfs network(String address, String name, String flags) {
        Path network = device(address).resolve("virtio0/net").resolve(name);
        text(network.resolve("flags"), flags);
        link(sys.resolve("class/net").resolve(name), network);
        return this;
    }

    FakeSysfs procFile(String name, String content) {
        text(proc.resolve(name), content);
        return this;
    }

    FakeSysfs attribute(String address, String name, String content) {
        text(device(address).resolve(name), content);
        return this;
    }

    @Override
    public void write(Path attribute, String value) {
        written.add(sys.relativize(attribute) + " = " + value.strip());
        String file = attribute.getFileName().toString();
        if (!Files.isDirectory(attribute.getParent())) {
            throw new EnvironmentException("opening " + attribute + ": ENOENT.");
        }
        if (file.equals(refused)) {
            throw new EnvironmentException("writing to " + attribute + ": EINVAL.");
        }
        if (file.equals("unbind") && unplugOnUnbind) {
            delete(sys.resolve("bus/pci/devices").resolve(value));
        } else if (file.equals("unbind")) {
            delete(device(value).resolve("driver"));
        } else if (file.equals("bind")) {
            bind(value, attribute.getParent().getFileName().toString());
        } else if (file.equals("driver_override")) {
            text(attribute, value);
        } else if (file.equals("drivers_probe")) {
            probe(value);
        }
    }

    private void probe(String address) {
        String override = Attribute.read(device(address).resolve("driver_override"));
        if (Files.isDirectory(sys.resolve("bus/pci/drivers").resolve(override))
                && !override.equals("stubborn")) {
            bind(address, override);
        }
    }

    private void bind(String address, String driver) {
        link(device(address).resolve("driver"), sys.resolve("bus/pci/drivers").resolve(driver));
    }

    private static void text(Path file, String content) {
        try {
            directory(file.getParent());
            Files.writeString(file, content + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            directory(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void directory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
