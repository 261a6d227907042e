package org.jvirtio.guest;

import java.util.ArrayList;
import java.util.List;

/**
 * The text after {@code -append}: words for the kernel, then {@code --} and the words with which it
 * starts process 1.
 */
final class KernelCommandLine {

    /** Linux {@code arch/x86/include/asm/setup.h}: COMMAND_LINE_SIZE, with the final zero byte. */
    static final int BYTES = 2048;

    /**
     * Linux {@code init/main.c}: CONFIG_INIT_ENV_ARG_LIMIT is 32, and argument 0 is among them; one
     * more is a panic.
     */
    static final int WORDS = 31;

    private KernelCommandLine() {}

    /** The line of a guest whose kernel gets {@code kernelWords} besides those of every guest. */
    static String of(GuestJob job, List<String> kernelWords) {
        List<String> words = new ArrayList<>(fixed());
        words.addAll(kernelWords);
        words.add("--");
        List<String> arguments = arguments(job);
        words.addAll(arguments);
        String line = String.join(" ", words);
        if (arguments.size() > WORDS || line.length() >= BYTES) {
            throw new IllegalArgumentException(
                    String.format(
                            "starting %s in a guest: its command line takes %d words and %d bytes;"
                                    + " Linux passes %d and %d at most. Give fewer or shorter"
                                    + " arguments.",
                            job.program(), arguments.size(), line.length(), WORDS, BYTES - 1));
        }
        return line;
    }

    private static List<String> fixed() {
        return List.of(
                "console=ttyS0",
                "quiet",
                // A panic reboots at once, which -no-reboot turns into the end of QEMU.
                "panic=-1",
                "intel_iommu=on",
                // Otherwise the kernel distrusts the emulated clock and reads a slow one.
                "tsc=reliable",
                // On a loaded host the emulated timer ticks late, and a kernel that counts its
                // ticks
                // takes it for broken and panics.
                "no_timer_check",
                "rdinit=/jre/bin/java",
                // Process 1 starts before /proc is there, from which the loader would find these.
                "LD_LIBRARY_PATH=/jre/lib");
    }

    private static List<String> arguments(GuestJob job) {
        List<String> arguments = new ArrayList<>();
        arguments.add("@/" + ImageTree.JVM_ARGUMENTS);
        arguments.addAll(GuestArguments.encode(job.jvmOptions()));
        arguments.add(job.main());
        if (!job.program().isEmpty()) {
            arguments.add(job.program());
        }
        arguments.addAll(GuestArguments.encode(job.arguments()));
        return arguments;
    }
}
