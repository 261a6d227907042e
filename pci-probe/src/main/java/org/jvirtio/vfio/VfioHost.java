package org.jvirtio.vfio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jvirtio.EnvironmentException;
import org.jvirtio.sysfs.SysfsBus;

/** What a machine shows of its VFIO in {@code /sys}, {@code /proc} and {@code /dev}. */
public final class VfioHost {

    private final Path sys;
    private final Path proc;
    private final Path dev;
    private final Predicate<Path> mayOpen;

    /**
     * A machine whose trees are elsewhere.
     *
     * @param mayOpen whether this user may read and write a file
     */
    VfioHost(Path sys, Path proc, Path dev, Predicate<Path> mayOpen) {
        this.sys = sys;
        this.proc = proc;
        this.dev = dev;
        this.mayOpen = mayOpen;
    }

    /** This machine. */
    public static VfioHost ofThisMachine() {
        return new VfioHost(
                Path.of("/sys"),
                Path.of("/proc"),
                Path.of("/dev"),
                file -> Files.isReadable(file) && Files.isWritable(file));
    }

    SysfsBus bus() {
        return new SysfsBus(sys, proc);
    }

    /** Such as {@code 6.1.0-56-cloud-amd64}. */
    String kernel() {
        return text(proc.resolve("sys/kernel/osrelease"));
    }

    boolean moduleLoaded(String name) {
        return Files.isDirectory(sys.resolve("module").resolve(name));
    }

    /** Whether some driver of the kernel has character devices of this name. */
    boolean hasDevices(String name) {
        return text(proc.resolve("devices")).lines().anyMatch(line -> line.endsWith(" " + name));
    }

    /** The number of IOMMUs that the kernel uses. */
    int iommus() {
        String[] names = sys.resolve("class/iommu").toFile().list();
        return names == null ? 0 : names.length;
    }

    /** The switch of no-IOMMU mode: {@code Y} or {@code N}; empty if the kernel has none. */
    String noIommuMode() {
        return text(sys.resolve("module/vfio/parameters/enable_unsafe_noiommu_mode"));
    }

    /** A file below {@code /dev}. */
    Path device(String name) {
        return dev.resolve(name);
    }

    boolean mayOpen(Path file) {
        return mayOpen.test(file);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading " + file + ": " + e + ". Mount sysfs and procfs, or run as root.", e);
        }
    }
}
