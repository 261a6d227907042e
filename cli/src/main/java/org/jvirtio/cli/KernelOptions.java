package org.jvirtio.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestKernel;
import picocli.CommandLine.Option;

/** Which kernel a guest gets. */
final class KernelOptions {

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
            names = "--load",
            paramLabel = "MODULE",
            description =
                    "one more kernel module to load, such as virtio_pci, which then takes the virtio"
                            + " functions; repeat")
    private List<String> load = new ArrayList<>();

    boolean areGiven() {
        return kernel != null || modules != null || !load.isEmpty();
    }

    /** As they are typed. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (kernel != null) {
            words.add("--kernel=" + kernel);
        }
        if (modules != null) {
            words.add("--modules=" + modules);
        }
        load.forEach(module -> words.add("--load=" + module));
        return words;
    }

    /** The kernel with more modules than those of VFIO. */
    GuestKernel kernel(GuestImages images, List<String> more) {
        if ((kernel == null) != (modules == null)) {
            throw new UsageException(
                    "choosing the guest's kernel: --kernel and --modules belong together, and only one is"
                            + " there. Give both, or none for Debian's cloud kernel.");
        }
        List<String> all = new ArrayList<>(more);
        all.addAll(load);
        return kernel == null ? images.debianKernel(all) : GuestKernel.of(kernel, modules, all);
    }
}
