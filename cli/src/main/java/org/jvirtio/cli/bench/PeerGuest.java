package org.jvirtio.cli.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.cli.LineStream;
import org.jvirtio.cli.Tool;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/** The guest of a benchmark with peers in it: larger than others, with drivers of the kernel's. */
final class PeerGuest {

    /**
     * A method is compiled once here too, as in every guest of ours, but by the compiler that takes
     * its time: what is measured is the steady state.
     */
    private static final List<String> JVM_OPTIONS =
            List.of("-XX:TieredStopAtLevel=4", "-XX:-TieredCompilation");

    private static final Duration SILENCE = Duration.ofMinutes(4);

    /**
     * How large.
     *
     * @param hugePages of 2 MiB, out of the megabytes
     */
    record Size(int megabytes, int hugePages) {}

    private final QemuGuest guest;
    private final GuestOptions options;
    private final Console console;

    /**
     * Prepares the image; nothing boots yet.
     *
     * @param modules of the kernel, besides those of VFIO
     * @param devices in QEMU's words
     */
    PeerGuest(
            GuestOptions options,
            Console console,
            List<String> modules,
            PeerPrograms programs,
            List<String> devices,
            Size size,
            Duration limit) {
        this.options = options;
        this.console = console;
        console.progress("preparing the guest image (kept for the next time)");
        GuestImages images = new GuestImages(GuestCache.ofUser());
        GuestImage image =
                images.image(
                        options.kernel(images, modules),
                        GuestOptions.rehearsal(),
                        programs.files());
        guest = new QemuGuest(machine(options, devices, size), image, limit, SILENCE);
    }

    static GuestMachine machine(GuestOptions options, List<String> devices, Size size) {
        return options.machine(devices).withMemory(size.megabytes(), size.hugePages());
    }

    /** Boots it for one program; {@code lines} takes what that prints, while it runs. */
    GuestResult run(
            Class<? extends GuestProgram> program, List<String> arguments, Consumer<String> lines) {
        console.progress("booting a guest (" + guest.machine().accelerator().reason() + ")");
        PrintStream out = new PrintStream(new LineStream(lines), true, StandardCharsets.UTF_8);
        return guest.run(job(guest.machine(), program, arguments), out, console.err());
    }

    static GuestJob job(
            GuestMachine machine, Class<? extends GuestProgram> program, List<String> arguments) {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.addAll(GuestVfio.jvmOptions(machine));
        return new GuestJob(program.getName(), arguments, options);
    }

    /** Adds what the figures depend on. */
    void describe(Map<String, String> inputs) {
        GuestInputs.add(inputs, guest, options);
        inputs.put("guest JVM", String.join(" ", JVM_OPTIONS));
    }

    static String qemuVersion() {
        String text = new Tool("qemu-system-x86_64", "qemu-system-x86").run("--version").output();
        return text.lines().findFirst().orElse("").strip();
    }
}
