package org.jvirtio.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestKernel;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Option;

/** The options of every command that boots a guest. */
public final class GuestOptions {

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description = "boot this kernel instead of Debian's cloud kernel")
    private Path kernel;

    @Option(
            names = "--modules",
            paramLabel = "DIR",
            description = "modules of --kernel: its /lib/modules/RELEASE")
    private Path modules;

    @Option(
            names = "--qemu",
            paramLabel = "ARG",
            description =
                    "one more argument for QEMU, such as -device or a device's options; repeat")
    private List<String> qemu = new ArrayList<>();

    @Option(
            names = "--load",
            paramLabel = "MODULE",
            description =
                    "one more kernel module to load, such as virtio_pci, which then takes the virtio"
                            + " functions; repeat")
    private List<String> load = new ArrayList<>();

    @Option(
            names = "--no-iommu",
            description =
                    "a machine without an IOMMU, whose kernel is told to allow VFIO without one"
                            + " (vfio:ADDRESS,path=noiommu)")
    private boolean noIommu;

    /** As {@code --no-iommu} does, for a command that can do only without one. */
    void takeIommuOut() {
        noIommu = true;
    }

    public QemuGuest guest(
            Console console, List<String> devices, Duration limit, Duration silence) {
        List<String> arguments = new ArrayList<>(devices);
        arguments.addAll(qemu);
        GuestMachine machine = GuestMachine.with(arguments);
        return new QemuGuest(
                noIommu ? machine.withoutIommu() : machine, image(console), limit, silence);
    }

    public GuestImage image(Console console) {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        console.progress("preparing the guest image (kept for the next time)");
        return images.image(kernel(images), GuestRehearsal.words());
    }

    public GuestKernel kernel(GuestImages images) {
        return kernel(images, List.of());
    }

    /** The kernel with more modules than those of VFIO. */
    public GuestKernel kernel(GuestImages images, List<String> more) {
        if ((kernel == null) != (modules == null)) {
            throw new UsageException(
                    "choosing the guest's kernel: --kernel and --modules belong together, and only one is"
                            + " there. Give both, or none for Debian's cloud kernel.");
        }
        List<String> all = new ArrayList<>(more);
        all.addAll(load);
        return kernel == null ? images.debianKernel(all) : GuestKernel.of(kernel, modules, all);
    }

    /** What is added to QEMU's command. */
    public List<String> qemuArguments() {
        return List.copyOf(qemu);
    }

    /** Class name and arguments of what is run while an image is made, for its class archive. */
    public static List<String> rehearsal() {
        return GuestRehearsal.words();
    }
}
