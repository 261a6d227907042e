package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** The modules of Debian's kernel 6.1, reduced to what they say of themselves. */
final class KernelModulesTest {

    @TempDir Path directory;
    @TempDir Path cache;

    @BeforeEach
    void writeModules() throws IOException {
        module("kernel/drivers/vfio/vfio.ko", "");
        module("kernel/drivers/vfio/vfio_virqfd.ko", "");
        module("kernel/drivers/vfio/vfio_iommu_type1.ko", "vfio");
        module("kernel/drivers/vfio/pci/vfio-pci.ko", "vfio-pci-core,vfio");
        module("kernel/drivers/vfio/pci/vfio-pci-core.ko", "vfio,vfio_virqfd,irqbypass");
        module("kernel/virt/lib/irqbypass.ko", "");
    }

    @Test
    void eachModuleComesAfterThoseItDependsOn() {
        assertEquals(
                List.of(
                        "vfio.ko",
                        "vfio_iommu_type1.ko",
                        "vfio_virqfd.ko",
                        "irqbypass.ko",
                        "vfio-pci-core.ko",
                        "vfio-pci.ko"),
                order());
    }

    @Test
    void aModuleThatTheKernelHasBuiltInIsLeftOut() throws IOException {
        Files.delete(directory.resolve("kernel/virt/lib/irqbypass.ko"));
        Files.writeString(directory.resolve("modules.builtin"), "kernel/virt/lib/irqbypass.ko\n");

        assertTrue(!order().contains("irqbypass.ko"), () -> order().toString());
    }

    @Test
    void aModuleThatIsNowhereIsNamed() throws IOException {
        Files.delete(directory.resolve("kernel/virt/lib/irqbypass.ko"));

        EnvironmentException e = assertThrows(EnvironmentException.class, this::order);

        assertTrue(e.getMessage().contains("no irqbypass.ko"), e.getMessage());
    }

    @Test
    void modulesThatDependOnEachOtherDoNotLoopForEver() throws IOException {
        module("kernel/virt/lib/irqbypass.ko", "vfio-pci");

        assertEquals(6, order().size());
    }

    /** As Debian has them from 13 on. */
    @Test
    void aPackedModuleIsUnpackedOnceAndReadLikeAnyOther() throws IOException {
        Path module = directory.resolve("kernel/drivers/vfio/pci/vfio-pci.ko");
        Command.run("packing a module", "Install xz-utils.", directory, List.of("xz", "" + module));

        assertEquals("vfio-pci.ko", order().get(5));
        assertEquals(order(), order());
        assertEquals(1, cache.toFile().list().length);
    }

    /** Ubuntu's kernel: nobody but a process is to have the functions, unless it is asked for. */
    @Test
    void aBuiltInVirtioPciIsKeptFromTheFunctions() throws IOException {
        assertEquals(List.of(), words(List.of()));

        Files.writeString(
                directory.resolve("modules.builtin"), "kernel/drivers/virtio/virtio_pci.ko\n");

        assertEquals(List.of("initcall_blacklist=virtio_pci_driver_init"), words(List.of()));
        assertEquals(List.of(), words(List.of("virtio_pci")));
    }

    private List<String> words(List<String> more) {
        return GuestKernel.words(new KernelModules(directory, new GuestCache(cache)), more);
    }

    private List<String> order() {
        List<String> names = new ArrayList<>();
        for (Path file :
                new KernelModules(directory, new GuestCache(cache))
                        .inLoadingOrder(List.of("vfio_iommu_type1", "vfio-pci"))) {
            names.add(file.getFileName().toString());
        }
        return names;
    }

    private void module(String path, String depends) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        String content = "\177ELF\0license=GPL\0depends=" + depends + "\0name=x\0";
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }
}
