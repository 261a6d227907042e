package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules on made-up {@code /dev} and {@code /proc}. */
final class AcceleratorTest {

    @TempDir Path root;

    @Test
    void withoutADeviceThereIsNoKvm() throws IOException {
        cpuinfo("fpu vmx sse");

        expect(false, "no /dev/kvm");
    }

    @Test
    void aDeviceOnAProcessorThatCannotVirtualiseIsNotTrusted() throws IOException {
        device();
        cpuinfo("fpu sse vmxnot");

        expect(false, "neither vmx nor svm");
    }

    @Test
    void aDeviceWithoutAnyWordOnTheProcessorIsNotTrusted() throws IOException {
        device();

        expect(false, "neither vmx nor svm");
    }

    @Test
    void aDeviceAndIntelsFlagAreKvm() throws IOException {
        device();
        cpuinfo("fpu vmx sse");

        expect(true, "vmx");
    }

    @Test
    void aDeviceAndAmdsFlagAtTheEndAreKvm() throws IOException {
        device();
        cpuinfo("fpu sse svm");

        expect(true, "svm");
    }

    @Test
    void theMachineItselfIsJudgedWithinASecond() {
        long start = System.nanoTime();

        String reason = Accelerator.detect().reason();

        assertTrue(reason.startsWith("KVM: ") || reason.startsWith("TCG: "), reason);
        assertTrue(System.nanoTime() - start < 1_000_000_000L);
    }

    private void expect(boolean kvm, String reason) {
        Accelerator accelerator = Accelerator.detect(root);
        assertEquals(kvm, accelerator.kvm(), accelerator.reason());
        assertTrue(accelerator.reason().contains(reason), accelerator.reason());
    }

    private void device() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.createFile(root.resolve("dev/kvm"));
    }

    private void cpuinfo(String flags) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(
                root.resolve("proc/cpuinfo"), "vendor_id\t: x\nflags\t\t: " + flags + "\n");
    }
}
