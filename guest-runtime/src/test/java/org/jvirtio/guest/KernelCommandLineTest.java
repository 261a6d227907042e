package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Linux Documentation/admin-guide/kernel-parameters.rst: what follows {@code --} goes to init; 2048
 * bytes and 32 words on x86.
 */
final class KernelCommandLineTest {

    private static final List<String> AWKWARD =
            List.of(
                    "plain",
                    "a b",
                    "",
                    "--",
                    "100%",
                    "say \"so\"",
                    "k=v",
                    "tab\there",
                    "\u20ac,\n");

    @Test
    void argumentsSurviveTheKernelsSplitting() {
        String line = KernelCommandLine.of(job(AWKWARD), List.of());

        String[] words = line.substring(line.indexOf(" -- ") + 4).split(" ", -1);

        assertEquals("@/jvm.args", words[0]);
        assertEquals("org.jvirtio.guest.Init", words[1]);
        assertEquals("P", words[2]);
        assertEquals(AWKWARD, GuestArguments.decode(words, 3));
    }

    @Test
    void noWordIsEmptyQuotedOrASecondDoubleDash() {
        for (String word : GuestArguments.encode(AWKWARD)) {
            assertTrue(word.matches("[!#-~]+"), word);
            assertFalse(word.equals("--"), word);
        }
    }

    @Test
    void aDamagedEscapeIsDecodedWithoutFailing() {
        assertEquals(List.of("ab", "x4"), GuestArguments.decode(new String[] {"a%b", "x%4"}, 0));
    }

    @Test
    void tooManyArgumentsAreRefusedBeforeTheKernelPanicsOnThem() {
        String line = KernelCommandLine.of(job(Collections.nCopies(28, "x")), List.of());
        assertTrue(line.endsWith(" x"));

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> KernelCommandLine.of(job(Collections.nCopies(29, "x")), List.of()));

        assertTrue(e.getMessage().contains("32 words"), e.getMessage());
    }

    @Test
    void aLineThatTheKernelWouldCutOffIsRefused() {
        char[] text = new char[2000];
        Arrays.fill(text, 'x');

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> KernelCommandLine.of(job(List.of(new String(text))), List.of()));

        assertTrue(e.getMessage().contains("2047"), e.getMessage());
    }

    @Test
    void theIommuComesBeforeEveryOtherDevice() {
        Accelerator accelerator = new Accelerator(false, "for the test");
        List<String> devices = List.of("-device", "virtio-rng-pci");
        GuestMachine machine = new GuestMachine(accelerator, 512, 2, 32, true, devices);
        GuestImage image = new GuestImage(Path.of("/k"), Path.of("/i"), List.of());

        List<String> command = machine.command(image, job(List.of()));

        assertEquals("intel-iommu,intremap=on,caching-mode=on", after(command, "-device"));
        assertTrue(command.indexOf("virtio-rng-pci") > command.indexOf("-device") + 1);
        assertEquals("tcg,thread=multi", after(command, "-accel"));
        assertEquals("max", after(command, "-cpu"));
        assertEquals("/k", after(command, "-kernel"));
        assertEquals("/i", after(command, "-initrd"));
        assertTrue(after(command, "-append").contains(" hugepages=32 -- @/jvm.args "));
    }

    @Test
    void kvmUsesTheHostsProcessorAndASplitInterruptController() {
        GuestMachine machine =
                new GuestMachine(new Accelerator(true, "for the test"), 512, 2, 0, true, List.of());

        List<String> command =
                machine.command(
                        new GuestImage(Path.of("/k"), Path.of("/i"), List.of()), job(List.of()));

        assertEquals("kvm,kernel-irqchip=split", after(command, "-accel"));
        assertEquals("host", after(command, "-cpu"));
    }

    @Test
    void aGuestTooSmallForItsImageIsRefused() {
        Accelerator accelerator = new Accelerator(false, "for the test");

        assertThrows(
                IllegalArgumentException.class,
                () -> new GuestMachine(accelerator, 300, 2, 64, true, List.of()));
    }

    @Test
    void aMachineWithoutAnIommuSaysSoToTheKernel() {
        GuestMachine machine =
                new GuestMachine(new Accelerator(false, "for the test"), 512, 2, 0, true, List.of())
                        .withoutIommu();

        List<String> command =
                machine.command(
                        new GuestImage(Path.of("/k"), Path.of("/i"), List.of("word")),
                        job(List.of()));

        assertFalse(String.join(" ", command).contains("intel-iommu"), command::toString);
        assertTrue(
                after(command, "-append")
                        .contains(" word hugepages=0 vfio.enable_unsafe_noiommu_mode=1 -- "),
                command::toString);
    }

    private static GuestJob job(List<String> arguments) {
        return new GuestJob("P", arguments);
    }

    private static String after(List<String> command, String option) {
        return command.get(command.indexOf(option) + 1);
    }
}
