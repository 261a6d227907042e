package org.jvirtio.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What QEMU boots: a kernel, and an initial file system whose only program is a JVM.
 *
 * @param kernelWords what this kernel has to be told besides what every kernel is
 */
public record GuestImage(Path kernel, Path initramfs, List<String> kernelWords) {

    static final String KERNEL = "kernel";
    static final String INITRAMFS = "initramfs";

    public GuestImage {
        kernelWords = List.copyOf(kernelWords);
    }

    /** Bytes of both files. */
    public long size() {
        try {
            return Files.size(kernel) + Files.size(initramfs);
        } catch (IOException e) {
            throw new UncheckedIOException("measuring " + this, e);
        }
    }

    /** What its kernel says of itself: release, build, and who built it. */
    public String kernelVersion() {
        String version = KernelHeader.read(kernel).version();
        return version.isEmpty()
                ? "not told, a file of " + kernel.toFile().length() + " bytes"
                : version;
    }

    /** The two files as they lie in an entry of the {@link GuestCache}. */
    static GuestImage in(Path directory, List<String> kernelWords) {
        return new GuestImage(directory.resolve(KERNEL), directory.resolve(INITRAMFS), kernelWords);
    }
}
