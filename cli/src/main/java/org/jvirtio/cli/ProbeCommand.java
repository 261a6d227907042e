package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.sysfs.SysfsEntry;
import org.jvirtio.vfio.PathChoice;
import org.jvirtio.vfio.VfioHost;
import org.jvirtio.vfio.VfioName;
import org.jvirtio.vfio.VfioPath;
import picocli.CommandLine.Command;
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

    private static final String NOT_VIRTIO = "not virtio";

    @Parameters(
            arity = "0..*",
            paramLabel = "FUNCTION",
            description =
                    "which (default: all virtio functions of this machine; qtest:SOCKET: of that QEMU); "
                            + Functions.FORMS)
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "also functions that are not virtio")
    private boolean all;

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    ProbeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        List<Map<String, Object>> rows = new ArrayList<>();
        if (names.isEmpty()) {
            for (SysfsEntry entry : new SysfsBus().list()) {
                Map<String, Object> row = row("sysfs:" + entry.address());
                row.put("driver", entry.driver().orElse("none"));
                row.put(
                        "iommuGroup",
                        entry.iommuGroup().isPresent()
                                ? String.valueOf(entry.iommuGroup().getAsInt())
                                : "none");
                row.put("vfioPath", path(entry));
                rows.add(row);
            }
            rows.removeIf(row -> !all && isOther(row));
        } else {
            names.forEach(name -> rows.addAll(rows(name)));
        }
        print(output, rows);
        return ExitCode.DONE;
    }

    /** One function, or those of a machine. */
    private List<Map<String, Object>> rows(String name) {
        List<String> functions = Functions.all(name);
        return functions.stream()
                .map(ProbeCommand::row)
                .filter(row -> all || functions.contains(name) || !isOther(row))
                .toList();
    }

    private static boolean isOther(Map<String, Object> row) {
        return row.get("layout").equals(NOT_VIRTIO);
    }

    private static String path(SysfsEntry entry) {
        return PathChoice.of(VfioHost.ofThisMachine(), VfioName.of(entry.address()))
                .path()
                .map(VfioPath::label)
                .orElse("none");
    }

    private static Map<String, Object> row(String name) {
        Map<String, Object> row = new LinkedHashMap<>();
        try (PciFunction function = Functions.openToLook(name)) {
            LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
            row.put("function", function.name());
            row.put("identity", choice.identity().toString());
            row.put("layout", layout(choice));
        }
        return row;
    }

    private static String layout(LayoutChoice choice) {
        if (choice.identity().kind() == org.jvirtio.pci.DeviceIdentity.Kind.NOT_VIRTIO) {
            return NOT_VIRTIO;
        }
        return choice.layout().map(VirtioLayout::label).orElse(DriveOrder.REFUSED);
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
