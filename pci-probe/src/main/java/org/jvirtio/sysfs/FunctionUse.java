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
        if (isMounted(Attribute.read(disk.resolve("dev")))) {
            uses.add("its disk " + name + " is mounted");
        }
        if (("\n" + Attribute.read(bus.proc().resolve("swaps"))).contains("\n/dev/" + name + " ")) {
            uses.add("its disk " + name + " is swapped to");
        }
    }

    /** By device number: the device names in the list of mounts need not exist. */
    private boolean isMounted(String number) {
        String mounts = Attribute.read(bus.proc().resolve("self/mountinfo"));
        for (String line : mounts.split("\n", -1)) {
            String[] fields = line.split(" ", 4); // id, parent, device number, the rest
            if (fields.length == 4 && fields[2].equals(number)) {
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
