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
 */
public record GuestKernel(Path image, List<Path> modules) {

    private static final List<String> VFIO = List.of("vfio_iommu_type1", "vfio-pci");

    public GuestKernel {
        modules = List.copyOf(modules);
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
        List<Path> modules = new KernelModules(modulesDirectory).inLoadingOrder(names);
        GuestKernel kernel = new GuestKernel(image, modules);
        kernel.requireOneRelease();
        return kernel;
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
