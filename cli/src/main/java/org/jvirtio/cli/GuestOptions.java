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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that boots a guest. */
public final class GuestOptions {

    @Mixin private KernelOptions kernelOptions = new KernelOptions();

    @Option(
            names = "--qemu",
            paramLabel = "ARG",
            description =
                    "one more argument for QEMU, such as -device or a device's options; repeat")
    private List<String> qemu = new ArrayList<>();

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
        return new QemuGuest(machine(devices), image(console), limit, silence);
    }

    /** The machine with these devices, in QEMU's words, and what else was asked for. */
    public GuestMachine machine(List<String> devices) {
        List<String> arguments = new ArrayList<>(devices);
        arguments.addAll(qemu);
        GuestMachine machine = GuestMachine.with(arguments);
        return noIommu ? machine.withoutIommu() : machine;
    }

    /** An image of its own has its kernel in it. */
    void requireNoKernel(Path image) {
        if (kernelOptions.areGiven()) {
            throw new UsageException(
                    "booting "
                            + image
                            + ": it has its own kernel and modules, and --kernel, --modules or --load"
                            + " name others. Give them to 'jvirtio image' instead.");
        }
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
        return kernelOptions.kernel(images, more);
    }

    /** As they are typed, for people to boot the same machine again. */
    public List<String> words() {
        List<String> words = new ArrayList<>(kernelOptions.words());
        qemu.forEach(argument -> words.add("--qemu=" + argument));
        if (noIommu) {
            words.add("--no-iommu");
        }
        return words;
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
