package org.jvirtio.cli.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Check;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a guest onto QEMU's user network over our driver, from DHCP to HTTP. */
@Command(
        name = "jvirtio net",
        description =
                "Boot a guest that gets an address by DHCP, pings its gateway, talks UDP and HTTP with"
                        + " this host, all over our driver; compare our capture with QEMU's.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class NetCommand implements Callable<Integer> {

    /** Of the kernel: frames of ours become those of an interface. */
    private static final List<String> MODULES = List.of("tun");

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private static final Map<String, String> LAYOUTS =
            Map.of("virtio1", "disable-legacy=on", "legacy", "disable-modern=on");

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "of the network device: virtio1 or legacy (default: virtio1)")
    private String layout = "virtio1";

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = "keep our capture of both directions, with nanoseconds, for Wireshark")
    private Path pcap;

    @Mixin private GuestOptions guestOptions;

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    public NetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        String options = LAYOUTS.get(layout);
        if (options == null) {
            throw new UsageException(
                    "--layout " + layout + ": QEMU's network device has virtio1 and legacy.");
        }
        try (ScratchDirectory scratch = ScratchDirectory.make();
                HostServers servers = HostServers.start()) {
            NetTour tour = new NetTour(scratch.path(), servers, options);
            GuestResult boot = tour.run(guest(tour, guestOptions, console), console);
            if (pcap != null) {
                tour.keep(pcap, console);
            }
            print(output, tour.checks());
            boolean verified = tour.checks().stream().allMatch(Check::ok);
            return verified ? boot.exitCode() : 1;
        }
    }

    static QemuGuest guest(NetTour tour, GuestOptions options, Console console) {
        console.progress("preparing the guest image (kept for the next time)");
        GuestImages images = new GuestImages(GuestCache.ofUser());
        GuestImage image = images.image(options.kernel(images, MODULES), GuestOptions.rehearsal());
        return new QemuGuest(options.machine(tour.qemuArguments()), image, LIMIT, SILENCE);
    }

    private void print(Output output, List<Check> checks) {
        if (output == Output.JSON) {
            printJson(checks);
            return;
        }
        for (Check check : checks) {
            String word = check.ok() ? "verified  " : console.paint().red("FAILED    ");
            console.out().println(word + check.what() + ": " + check.seen());
        }
    }

    private void printJson(List<Check> checks) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Check check : checks) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("what", check.what());
            row.put("ok", check.ok());
            row.put("seen", check.seen());
            rows.add(row);
        }
        console.out().println(JsonText.of(rows));
    }
}
