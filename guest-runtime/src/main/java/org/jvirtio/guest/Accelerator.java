package org.jvirtio.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether QEMU runs the guest's instructions on the processor (KVM) or emulates them (TCG), and
 * why.
 *
 * <p>{@code /dev/kvm} alone proves nothing: where a hypervisor passes on a para-virtual KVM, it
 * opens, and a stock kernel still hangs in its boot loader. So the processor must also show that it
 * can virtualise ({@code vmx} or {@code svm} in {@code /proc/cpuinfo}). Both are looked up in
 * milliseconds, and nothing is started.
 *
 * @param kvm true for KVM
 * @param reason one sentence for people
 */
public record Accelerator(boolean kvm, String reason) {

    /** What this machine can do. */
    public static Accelerator detect() {
        return detect(Path.of("/"));
    }

    /** What the machine with this {@code /dev} and {@code /proc} can do. */
    static Accelerator detect(Path root) {
        Path device = root.resolve("dev/kvm");
        if (!Files.exists(device)) {
            return new Accelerator(false, "TCG: there is no /dev/kvm.");
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return new Accelerator(
                    false,
                    "TCG: /dev/kvm exists, but this user may not open it (join the group kvm).");
        }
        String flag = virtualisationFlag(root.resolve("proc/cpuinfo"));
        if (flag.isEmpty()) {
            return new Accelerator(
                    false,
                    "TCG: /dev/kvm opens, but the processor shows neither vmx nor svm;"
                            + " a stock kernel hangs on such a KVM.");
        }
        return new Accelerator(true, "KVM: /dev/kvm opens and the processor has " + flag + ".");
    }

    /** {@code vmx}, {@code svm}, or empty. */
    private static String virtualisationFlag(Path cpuinfo) {
        try {
            for (String line : Files.readAllLines(cpuinfo, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("flags")) {
                    String flags = line + " ";
                    return flags.contains(" vmx ") ? "vmx" : flags.contains(" svm ") ? "svm" : "";
                }
            }
        } catch (IOException e) {
            // Without /proc/cpuinfo there is no evidence for KVM; emulation always works.
            return "";
        }
        return "";
    }
}
