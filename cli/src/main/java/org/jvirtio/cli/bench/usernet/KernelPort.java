package org.jvirtio.cli.bench.usernet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.sysfs.PciAddress;

/** The interface that the kernel's driver makes of a function: {@code eth0}. */
final class KernelPort {

    private static final int LOOKS = 100;
    private static final long LOOK_MILLIS = 50;

    private KernelPort() {}

    /** Waits until it is there. */
    static String await(PciAddress address) throws IOException, InterruptedException {
        Path function = Path.of("/sys/bus/pci/devices", address.toString());
        for (int i = 0; i < LOOKS; i++) {
            Optional<String> name = name(function);
            if (name.isPresent()) {
                return name.get();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new EnvironmentException(
                String.format(
                        "waiting for the interface of %s: the kernel's driver made none in %d ms."
                                + " Its modules virtio_pci and virtio_net must be loaded.",
                        address, LOOKS * LOOK_MILLIS));
    }

    /** {@code FUNCTION/virtioN/net/eth0}. */
    private static Optional<String> name(Path function) throws IOException {
        // The function's entry is a link, which a walk would not enter.
        try (Stream<Path> entries = Files.walk(function.toRealPath(), 3)) {
            return entries.filter(entry -> entry.getParent().endsWith("net"))
                    .map(entry -> entry.getFileName().toString())
                    .findFirst();
        }
    }
}
