package org.jvirtio.cli.bench.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/** The block device that the kernel's driver makes of a function: {@code /dev/vda}. */
final class KernelDisk {

    private static final int LOOKS = 100;
    private static final long LOOK_MILLIS = 50;

    private KernelDisk() {}

    /** Waits until it is there, and takes the I/O scheduler out of its way. */
    static String await(BlockDisk disk) throws IOException, InterruptedException {
        Path function = Path.of("/sys/bus/pci/devices", disk.address().toString());
        for (int i = 0; i < LOOKS; i++) {
            Optional<String> name = name(function);
            if (name.isPresent() && Files.exists(Path.of("/dev", name.get()))) {
                Files.writeString(Path.of("/sys/block", name.get(), "queue/scheduler"), "none");
                return "/dev/" + name.get();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new EnvironmentException(
                String.format(
                        "waiting for the disk of %s: the kernel's driver made none in %d ms. Its"
                                + " modules virtio_pci and virtio_blk must be loaded.",
                        disk.address(), LOOKS * LOOK_MILLIS));
    }

    /** {@code FUNCTION/virtioN/block/vda}. */
    private static Optional<String> name(Path function) throws IOException {
        // The function's entry is a link, which a walk would not enter.
        try (Stream<Path> entries = Files.walk(function.toRealPath(), 3)) {
            return entries.filter(entry -> entry.getParent().endsWith("block"))
                    .map(entry -> entry.getFileName().toString())
                    .findFirst();
        }
    }
}
