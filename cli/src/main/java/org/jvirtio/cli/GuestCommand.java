package org.jvirtio.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs any other command as the only process of a guest with the devices asked for. */
@Command(
        name = "jvirtio guest",
        description = "Run another jvirtio command inside a guest: jvirtio guest -- probe",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GuestCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration SILENCE = Duration.ofMinutes(2);

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "a device in QEMU's words, such as virtio-rng-pci,disable-modern=on; repeat"
                            + " (default: one entropy device)")
    private List<String> devices = new ArrayList<>();

    @Mixin private GuestOptions guestOptions;

    @Option(names = "--print-cmd", description = "print the QEMU command instead of running it")
    private boolean printCommand;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "what to run in the guest")
    private List<String> command;

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
        List<String> arguments = new ArrayList<>();
        for (String device : devices.isEmpty() ? List.of("virtio-rng-pci") : devices) {
            arguments.addAll(List.of("-device", device));
        }
        QemuGuest guest = guestOptions.guest(console, arguments, LIMIT, SILENCE);
        GuestJob job = new GuestJob(GuestMain.class.getName(), command);
        List<String> words = qemuCommand(guest, job);
        if (printCommand) {
            console.out().println(ShellWords.join(words));
            return ExitCode.DONE;
        }
        GuestResult result = guest.run(job, console.out(), console.err());
        result.fault().ifPresent(console.err()::println);
        result.failure().ifPresent(failure -> console.progress(failure));
        return result.failure().isPresent() ? ExitCode.FAILED : result.exitCode();
    }
}
