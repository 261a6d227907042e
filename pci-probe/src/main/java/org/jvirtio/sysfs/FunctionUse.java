package org.jvirtio.sysfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.EnvironmentException;

/**
 * What this machine does with a function right now through its kernel driver: disks that are
 * mounted, held or swapped to, network interfaces that are up. Such a function is not taken away.
 */
final class FunctionUse {

    private static final int IFF_UP = 1;

    private final SysfsBus bus;
    private final Path function;

    FunctionUse(SysfsBus bus, PciAddress address) {
        this.bus = bus;
        this.function = real(bus.directory(address));
    }

    /** One sentence part per use: {@code its disk vda1 is mounted}; empty if there is none. */
    List<String> uses() {
        List<String> uses = new ArrayList<>();
        for (Path disk : belonging("block")) {
            addDiskUses(uses, disk);
        }
        for (Path network : belonging("net")) {
            addNetworkUses(uses, network);
        }
        return uses;
    }

    private void addDiskUses(List<String> uses, Path disk) {
        String name = disk.getFileName().toString();
        String[] holders = disk.resolve("holders").toFile().list();
        if (holders != null && holders.length > 0) {
            Arrays.sort(holders);
            uses.add("its disk " + name + " is held by " + String.join(", ", holders));
        }
        if (isMounted(name, Attribute.read(disk.resolve("dev"))) || isOfBtrfs(name)) {
            uses.add("its disk " + name + " is mounted");
        }
        if (("\n" + Attribute.read(bus.proc().resolve("swaps"))).contains("\n/dev/" + name + " ")) {
            uses.add("its disk " + name + " is swapped to");
        }
    }

    /**
     * By device number, since the device names in the list of mounts need not exist; and by name,
     * since a file system that can have several disks has a number there that is no disk's.
     */
    private boolean isMounted(String name, String number) {
        String mounts = Attribute.read(bus.proc().resolve("self/mountinfo"));
        for (String line : mounts.split("\n", -1)) {
            String[] fields = line.split(" ", 4); // id, parent, device number, the rest
            if (fields.length == 4
                    && (fields[2].equals(number) || sources(fields[3]).contains("/dev/" + name))) {
                return true;
            }
        }
        return false;
    }

    /** The disks that a line names: {@code ... - btrfs /dev/vda rw}, of bcachefs with colons. */
    private static List<String> sources(String rest) {
        String[] fields = rest.substring(rest.indexOf(" - ") + 1).split(" ", 4); // -, type, source
        return fields.length < 3 ? List.of() : List.of(fields[2].split(":", -1));
    }

    /** Of the disks of a mounted btrfs the list of mounts names one; here are all. */
    private boolean isOfBtrfs(String name) {
        Path all = bus.sys().resolve("fs/btrfs");
        String[] mounted = all.toFile().list();
        for (String one : mounted == null ? new String[0] : mounted) {
            if (Files.exists(all.resolve(one).resolve("devices").resolve(name))) {
                return true;
            }
        }
        return false;
    }

    private static void addNetworkUses(List<String> uses, Path network) {
        String name = network.getFileName().toString();
        String flags = Attribute.read(network.resolve("flags"));
        if (!flags.isEmpty() && (Integer.decode(flags) & IFF_UP) != 0) {
            uses.add("its network interface " + name + " is up");
        }
    }

    /** The devices of a class that lie below the function. */
    private List<Path> belonging(String deviceClass) {
        List<Path> devices = new ArrayList<>();
        Path directory = bus.sys().resolve("class").resolve(deviceClass);
        String[] names = directory.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            Path device = real(directory.resolve(name));
            if (device.startsWith(function)) {
                devices.add(device);
            }
        }
        return devices;
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "following the link " + path + ": " + e + ". Mount sysfs at /sys.", e);
        }
    }
}
