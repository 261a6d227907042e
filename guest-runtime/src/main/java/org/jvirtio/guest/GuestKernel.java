package org.jvirtio.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;

/**
 * A kernel to boot, and the modules that process 1 loads, dependencies first.
 *
 * @param image what QEMU takes as {@code -kernel}
 * @param words what it has to be told on its command line
 */
public record GuestKernel(Path image, List<Path> modules, List<String> words) {

    private static final List<String> VFIO = List.of("vfio_iommu_type1", "vfio-pci");

    private static final String VIRTIO_PCI = "virtio_pci";

    /**
     * A kernel that has virtio-pci built in, as Ubuntu's, would give it every function before
     * process 1 begins. Taking them back is no way: {@code remove} of a legacy network device
     * crashes Linux 6.8.
     */
    private static final String WITHOUT_VIRTIO_PCI = "initcall_blacklist=virtio_pci_driver_init";

    public GuestKernel {
        modules = List.copyOf(modules);
        words = List.copyOf(words);
        if (!Files.isReadable(image) || Files.isDirectory(image)) {
            throw new EnvironmentException(
                    "preparing a guest: cannot read the kernel "
                            + image
                            + ". Give one with --kernel (a file in /boot may need root to read).");
        }
    }

    /**
     * A kernel of one's own.
     *
     * @param modulesDirectory that of the same release, as in {@code /lib/modules/6.1.0}
     */
    public static GuestKernel of(Path image, Path modulesDirectory) {
        return of(image, modulesDirectory, List.of());
    }

    /**
     * A kernel of one's own that also loads drivers of its own.
     *
     * @param more names of modules, loaded after those of VFIO in this order; a driver so loaded
     *     takes the functions it knows
     */
    public static GuestKernel of(Path image, Path modulesDirectory, List<String> more) {
        List<String> names = new ArrayList<>(VFIO);
        names.addAll(more);
        KernelModules all = new KernelModules(modulesDirectory, GuestCache.ofUser());
        GuestKernel kernel = new GuestKernel(image, all.inLoadingOrder(names), words(all, more));
        kernel.requireOneRelease();
        return kernel;
    }

    static List<String> words(KernelModules modules, List<String> more) {
        boolean unwanted = modules.isBuiltIn(VIRTIO_PCI) && !more.contains(VIRTIO_PCI);
        return unwanted ? List.of(WITHOUT_VIRTIO_PCI) : List.of();
    }

    /** Told here, in an instant: in the guest it would be a kernel that refuses its modules. */
    private void requireOneRelease() {
        String release = KernelHeader.read(image).release();
        for (Path module : modules) {
            String builtFor = KernelModules.release(module);
            if (!release.isEmpty() && !release.equals(builtFor)) {
                throw new EnvironmentException(
                        String.format(
                                "preparing a guest: the kernel %s is %s, and the module %s was"
                                        + " built for %s. Give both of one release with --kernel"
                                        + " and --modules.",
                                image, release, module, builtFor));
            }
        }
    }
}
