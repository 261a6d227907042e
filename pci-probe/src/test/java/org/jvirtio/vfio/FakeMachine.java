package org.jvirtio.vfio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What a machine shows of its VFIO, in a directory: piece by piece, as a kernel would. */
final class FakeMachine {

    private final Path sys;
    private final Path proc;
    private final Path dev;
    private final Set<Path> closed = new HashSet<>();

    /** A machine with a kernel and nothing else. */
    FakeMachine(Path directory) {
        sys = directory.resolve("sys");
        proc = directory.resolve("proc");
        dev = directory.resolve("dev");
        text(proc.resolve("sys/kernel/osrelease"), "6.12.0-test");
        text(proc.resolve("devices"), "Character devices:\n  1 mem");
    }

    VfioHost host() {
        return new VfioHost(sys, proc, dev, file -> !closed.contains(file));
    }

    FakeMachine vfioLoaded() {
        text(sys.resolve("module/vfio/refcnt"), "1");
        return file("vfio/vfio");
    }

    FakeMachine kernelWithCdev() {
        text(proc.resolve("devices"), "Character devices:\n  1 mem\n240 vfio-dev\n244 vfio");
        return this;
    }

    FakeMachine noIommuMode(String value) {
        text(sys.resolve("module/vfio/parameters/enable_unsafe_noiommu_mode"), value);
        return this;
    }

    FakeMachine iommu() {
        text(sys.resolve("class/iommu/dmar0/name"), "dmar0");
        return this;
    }

    /** A function; a group of -1 is none. */
    FakeMachine function(String address, int group) {
        Path device = sys.resolve("bus/pci/devices").resolve(address);
        text(device.resolve("vendor"), "0x1af4");
        text(device.resolve("device"), "0x1042");
        if (group >= 0) {
            group(device, group, "");
        }
        return this;
    }

    /** A function that vfio-pci has, and what the kernel then calls its own device. */
    FakeMachine bound(String address, String vfioDevice) {
        Path device = sys.resolve("bus/pci/devices").resolve(address);
        link(device.resolve("driver"), sys.resolve("bus/pci/drivers/vfio-pci"));
        text(device.resolve("vfio-dev").resolve(vfioDevice).resolve("dev"), "240:0");
        return this;
    }

    /** The group that VFIO makes where there is no IOMMU. */
    FakeMachine groupMadeByVfio(String address, int group) {
        group(sys.resolve("bus/pci/devices").resolve(address), group, "vfio-noiommu");
        return this;
    }

    /** A file below {@code /dev} that may be opened. */
    FakeMachine file(String name) {
        text(dev.resolve(name), "");
        return this;
    }

    /** The same, and this user has no right to it. */
    FakeMachine closedFile(String name) {
        closed.add(dev.resolve(name));
        return file(name);
    }

    private void group(Path device, int number, String name) {
        Path group = sys.resolve("kernel/iommu_groups").resolve(Integer.toString(number));
        text(group.resolve("type"), "DMA-FQ");
        if (!name.isEmpty()) {
            text(group.resolve("name"), name);
        }
        link(device.resolve("iommu_group"), group);
    }

    private static void text(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createDirectories(target);
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
