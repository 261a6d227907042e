package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jvirtio.cli.explain.Explanation;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.sysfs.SysfsEntry;
import org.jvirtio.vfio.PathChoice;
import org.jvirtio.vfio.VfioHost;
import org.jvirtio.vfio.VfioName;
import org.jvirtio.vfio.VfioPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Lists functions, one line each, with the layout that would be chosen. Reads, and never writes.
 */
@Command(
        name = "jvirtio probe",
        description = "List PCI functions and the virtio layout that would be chosen for each.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ProbeCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "FUNCTION",
            description =
                    "which (default: all virtio functions of this machine; qtest:SOCKET: of that QEMU); "
                            + Functions.FORMS)
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "also functions that are not virtio")
    private boolean all;

    @Mixin private PageOutput page;

    private final Console console;

    ProbeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = page.output();
        List<Probed> found = new ArrayList<>();
        if (names.isEmpty()) {
            for (SysfsEntry entry : new SysfsBus().list()) {
                Probed probed = probe("sysfs:" + entry.address());
                probed.row().putAll(binding(entry));
                found.add(probed);
            }
            found.removeIf(probed -> !all && probed.isOther());
        } else {
            names.forEach(name -> found.addAll(probeAll(name)));
        }
        if (page.isPage()) {
            page.print(ProbePage.of(found), console);
        } else {
            print(output, found.stream().map(Probed::row).toList());
        }
        return ExitCode.DONE;
    }

    private static Map<String, String> binding(SysfsEntry entry) {
        Map<String, String> binding = new LinkedHashMap<>();
        binding.put("driver", entry.driver().orElse("none"));
        binding.put(
                "iommuGroup",
                entry.iommuGroup().isPresent()
                        ? String.valueOf(entry.iommuGroup().getAsInt())
                        : "none");
        binding.put("vfioPath", path(entry));
        return binding;
    }

    /** One function, or those of a machine. */
    private List<Probed> probeAll(String name) {
        List<String> functions = Functions.all(name);
        return functions.stream()
                .map(this::probe)
                .filter(probed -> all || functions.contains(name) || !probed.isOther())
                .toList();
    }

    private static String path(SysfsEntry entry) {
        return PathChoice.of(VfioHost.ofThisMachine(), VfioName.of(entry.address()))
                .path()
                .map(VfioPath::label)
                .orElse("none");
    }

    /** Only a page needs the whole explanation. */
    private Probed probe(String name) {
        try (PciFunction function = Functions.openToLook(name)) {
            return Probed.of(
                    LayoutChoice.of(function, Policy.AUTO),
                    page.isPage()
                            ? Optional.of(
                                    Explanation.of(
                                            function, Optional.empty(), Policy.AUTO, List.of()))
                            : Optional.empty());
        }
    }

    private void print(Output output, List<Map<String, Object>> rows) {
        if (output == Output.JSON) {
            console.out().println(JsonText.of(rows));
            return;
        }
        if (rows.isEmpty()) {
            console.err()
                    .println(
                            "jvirtio: this machine shows no virtio function in /sys/bus/pci/devices; --all lists"
                                    + " the others.");
        }
        for (Map<String, Object> row : rows) {
            List<String> cells = new ArrayList<>();
            row.forEach(
                    (key, value) ->
                            cells.add(key.equals("function") ? value + " " : key + " " + value));
            console.out().println(String.join("  ", cells));
        }
    }
}
