package org.jvirtio.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.guest.ApplicationImage;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs any other command, or an application that {@link ImageCommand} packed, as the only process
 * of a guest with the devices asked for.
 */
@Command(
        name = "jvirtio guest",
        description =
                "Run another jvirtio command inside a guest: jvirtio guest -- probe; or an"
                        + " application: jvirtio guest --image my-app.image -- ARGUMENTS",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GuestCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** An application may serve for good: then Ctrl-C ends it. */
    private static final Duration FOR_GOOD = Duration.ofNanos(Long.MAX_VALUE);

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "a device in QEMU's words, such as virtio-rng-pci,disable-modern=on; repeat"
                            + " (default: one entropy device)")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "boot this image of an application, as jvirtio image wrote it")
    private Path image;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description =
                    "end the guest after this time (default: 1800; with --image there is none)")
    private long limitSeconds;

    @Mixin private GuestOptions guestOptions;

    @Option(names = "--print-cmd", description = "print the QEMU command instead of running it")
    private boolean printCommand;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "what to run in the guest; with --image the application's arguments")
    private List<String> command = new ArrayList<>();

    private final Console console;

    GuestCommand(Console console) {
        this.console = console;
    }

    /** The command travels to the guest on the kernel's command line, which has an end. */
    private static List<String> qemuCommand(QemuGuest guest, GuestJob job) {
        try {
            return guest.machine().command(guest.image(), job);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    @Override
    public Integer call() {
        Boot boot = image == null ? command() : application();
        List<String> words = qemuCommand(boot.guest, boot.job);
        if (printCommand) {
            console.out().println(ShellWords.join(words));
            return ExitCode.DONE;
        }
        GuestResult result = boot.guest.run(boot.job, console.out(), console.err());
        result.fault().ifPresent(fault -> console.progress(fault));
        result.failure().ifPresent(failure -> console.progress(failure));
        return result.failure().isPresent() ? ExitCode.FAILED : result.exitCode();
    }

    /** What is booted, and for what. */
    private record Boot(QemuGuest guest, GuestJob job) {}

    private Boot command() {
        if (command.isEmpty()) {
            throw new UsageException(
                    "booting a guest: nothing is named that it should run. Name a command, as in"
                            + " 'jvirtio guest -- probe', or an application with --image.");
        }
        Duration limit = limit(LIMIT);
        return new Boot(
                guestOptions.guest(console, devices(), limit, SILENCE),
                new GuestJob(GuestMain.class.getName(), command));
    }

    private Boot application() {
        guestOptions.requireNoKernel(image);
        ApplicationImage opened = ApplicationImage.open(image, GuestCache.ofUser());
        Duration limit = limit(FOR_GOOD);
        return new Boot(
                new QemuGuest(guestOptions.machine(devices()), opened.image(), limit, limit),
                opened.job(command));
    }

    private Duration limit(Duration otherwise) {
        if (limitSeconds < 0 || limitSeconds > FOR_GOOD.toSeconds()) {
            throw new UsageException(
                    "booting a guest: --limit "
                            + limitSeconds
                            + " is no time that is counted. Give seconds, from 1 to "
                            + FOR_GOOD.toSeconds()
                            + ".");
        }
        return limitSeconds == 0 ? otherwise : Duration.ofSeconds(limitSeconds);
    }

    private List<String> devices() {
        List<String> arguments = new ArrayList<>();
        for (String device : devices.isEmpty() ? List.of("virtio-rng-pci") : devices) {
            arguments.addAll(List.of("-device", device));
        }
        return arguments;
    }
}
