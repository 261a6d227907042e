package org.jvirtio.vfio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jvirtio.pci.Rule;
import org.jvirtio.pci.Words;
import org.jvirtio.sysfs.PciAddress;

/**
 * Examines one path, for a function or for the machine as such: rule by rule, until one fails. What
 * appears only once vfio-pci has the function is checked if it has.
 */
final class PathProbe {

    /** Linux {@code drivers/vfio/group.c}: the name of a group that VFIO made, without an IOMMU. */
    private static final String NOIOMMU_GROUP = "vfio-noiommu";

    private final VfioHost host;
    private final Optional<PciAddress> function;
    private final List<Rule> rules = new ArrayList<>();
    private String next = "";

    PathProbe(VfioHost host, Optional<PciAddress> function) {
        this.host = host;
        this.function = function;
    }

    PathCandidate examine(VfioPath path) {
        boolean whole =
                switch (path) {
                    case CDEV -> iommuStands() && kernelHasCdev() && file("iommu", "iommufd");
                    case GROUP -> iommuStands() && file("vfio/vfio", "vfio-pci");
                    case NOIOMMU ->
                            kernelHasNoIommu() && noIommuStands() && file("vfio/vfio", "vfio-pci");
                };
        if (whole) {
            function.ifPresent(address -> ownFile(path, address));
        }
        return new PathCandidate(path, rules, next);
    }

    private boolean iommuStands() {
        return require(
                function.map(this::hasIommuGroup).orElse(host.iommus() > 0),
                "an IOMMU stands before the function",
                "Documentation/driver-api/vfio.rst",
                function.map(this::group).orElse("/sys/class/iommu lists " + host.iommus()),
                "Boot with an IOMMU (QEMU: -device intel-iommu; kernel: intel_iommu=on).");
    }

    private boolean noIommuStands() {
        return require(
                !function.map(this::hasIommuGroup).orElse(host.iommus() > 0),
                "no IOMMU stands before the function",
                "drivers/vfio/group.c",
                function.map(this::group).orElse("/sys/class/iommu lists " + host.iommus()),
                "Take a path that uses it.");
    }

    private boolean hasIommuGroup(PciAddress address) {
        return host.bus().entry(address).iommuGroup().isPresent()
                && !host.bus().groupName(address).equals(NOIOMMU_GROUP);
    }

    private String group(PciAddress address) {
        OptionalInt number = host.bus().entry(address).iommuGroup();
        return number.isEmpty()
                ? address + " is in no IOMMU group"
                : ("IOMMU group " + number.getAsInt() + " " + host.bus().groupName(address))
                        .strip();
    }

    private boolean kernelHasCdev() {
        boolean loaded = host.moduleLoaded("vfio");
        return require(
                host.hasDevices("vfio-dev"),
                "the kernel gives each function a device file",
                "CONFIG_VFIO_DEVICE_CDEV, from Linux 6.6",
                "kernel "
                        + host.kernel()
                        + (loaded ? "" : ", module vfio not loaded")
                        + (host.hasDevices("vfio-dev") ? " lists" : " does not list")
                        + " vfio-dev in /proc/devices",
                loaded
                        ? "Use a kernel built with CONFIG_VFIO_DEVICE_CDEV."
                        : "Load the module: modprobe vfio-pci.");
    }

    private boolean kernelHasNoIommu() {
        String mode = host.noIommuMode();
        boolean loaded = host.moduleLoaded("vfio");
        return require(
                        !mode.isEmpty(),
                        "the kernel can do without an IOMMU",
                        "CONFIG_VFIO_NOIOMMU",
                        "kernel "
                                + host.kernel()
                                + (loaded ? "" : ", module vfio not loaded")
                                + (mode.isEmpty() ? ", has no " : ", has ")
                                + "enable_unsafe_noiommu_mode",
                        loaded
                                ? "Use a kernel built with CONFIG_VFIO_NOIOMMU."
                                : "Load the module: modprobe vfio-pci.")
                && require(
                        mode.equals("Y"),
                        "the mode is switched on",
                        "Documentation/driver-api/vfio.rst",
                        "enable_unsafe_noiommu_mode is " + mode,
                        "If you can afford to lose this machine: echo Y >"
                                + " /sys/module/vfio/parameters/enable_unsafe_noiommu_mode");
    }

    /** The file that appears when vfio-pci has the function. */
    private void ownFile(VfioPath path, PciAddress address) {
        String name = ownFileName(path, address);
        if (host.bus().entry(address).driver().equals(Optional.of(VfioFunction.DRIVER))) {
            file(name, VfioFunction.DRIVER);
        } else {
            rules.add(
                    new Rule(
                            "the function's file is there",
                            "Documentation/driver-api/vfio.rst",
                            Words.of("its file comes once vfio-pci has the function"),
                            Rule.Outcome.NOT_CHECKED));
        }
    }

    private String ownFileName(VfioPath path, PciAddress address) {
        int group = host.bus().entry(address).iommuGroup().orElse(-1);
        return switch (path) {
            case CDEV -> "vfio/devices/" + host.bus().vfioDevice(address).orElse("");
            case GROUP -> "vfio/" + group;
            case NOIOMMU -> "vfio/noiommu-" + group;
        };
    }

    private boolean file(String name, String module) {
        Path file = host.device(name);
        boolean there = Files.exists(file);
        boolean open = there && host.mayOpen(file);
        return require(
                open,
                "/dev/" + name + " may be opened",
                "open(2)",
                "/dev/" + name + (open ? "" : there ? ": permission denied" : ": no such file"),
                there
                        ? "Run as root, or give this user the right: chown $USER /dev/" + name
                        : "Run: modprobe " + module);
    }

    private boolean require(
            boolean holds, String sentence, String source, String seen, String remedy) {
        rules.add(
                new Rule(
                        sentence,
                        source,
                        Words.of(seen),
                        holds ? Rule.Outcome.PASSED : Rule.Outcome.FAILED));
        if (!holds) {
            next = remedy;
        }
        return holds;
    }
}
