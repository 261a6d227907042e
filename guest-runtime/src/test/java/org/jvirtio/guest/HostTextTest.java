package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** What other programs print, taken apart. */
final class HostTextTest {

    @Test
    void lddOfSeveralProgramsGivesEachLibraryOnce() {
        String output =
                """
                jre/bin/java:
                \tlinux-vdso.so.1 (0x00007ff6d2edb000)
                \tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007ff6d2ea5000)
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007ff6d2cb3000)
                \t/lib64/ld-linux-x86-64.so.2 (0x00007ff6d2edd000)
                jre/lib/libjava.so:
                \tlibjvm.so => not found
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f38be9e5000)
                """;

        assertEquals(
                Set.of(
                        Path.of("/lib/x86_64-linux-gnu/libz.so.1"),
                        Path.of("/lib/x86_64-linux-gnu/libc.so.6"),
                        Path.of("/lib64/ld-linux-x86-64.so.2")),
                SharedLibraries.parse(output));
    }

    @Test
    void lddOfAStaticProgramGivesNothing() {
        assertEquals(Set.of(), SharedLibraries.parse("\tstatically linked\n"));
    }

    @Test
    void theMetaPackageLeadsToTheKernelsPackage() {
        String output =
                """
                linux-image-cloud-amd64
                  Depends: linux-base
                  Depends: linux-image-6.1.0-56-cloud-amd64
                """;

        assertEquals("linux-image-6.1.0-56-cloud-amd64", KernelPackage.realPackage(output));
        assertThrows(EnvironmentException.class, () -> KernelPackage.realPackage("\n"));
    }

    @Test
    void theVersionIsThatOfThePackageNotOfAField() {
        assertEquals("6.1.192-2", KernelPackage.version("Package: x\nVersion: 6.1.192-2\n"));
        assertThrows(
                EnvironmentException.class, () -> KernelPackage.version("Standards-Version: 4\n"));
    }

    @Test
    void theSimulationNamesWhatInstallingWouldBring() {
        String output =
                """
                NOTE: This is only a simulation!
                Inst libnbd0 (1.14.2-1 Debian:12.15/oldstable [amd64])
                Inst libaio1 [0.3.112] (0.3.113-4 Debian:12.15/oldstable [amd64])
                Inst fio (3.33-3 Debian:12.15/oldstable [amd64])
                Conf libnbd0 (1.14.2-1 Debian:12.15/oldstable [amd64])
                Conf fio (3.33-3 Debian:12.15/oldstable [amd64])
                """;

        assertEquals(List.of("libnbd0", "libaio1", "fio"), AptPackages.parseSimulation(output));
        assertEquals(
                List.of(), AptPackages.parseSimulation("fio is already the newest version.\n"));
    }

    @Test
    void peakMemoryIsTheHighWaterMarkOfResidentMemory() {
        String status = "VmPeak:\t 2484652 kB\nVmHWM:\t   31788 kB\nVmRSS:\t   31000 kB\n";

        assertEquals(31788, PeakMemory.parse(status));
        assertEquals(0, PeakMemory.parse("Name:\tjava\n"));
    }
}
