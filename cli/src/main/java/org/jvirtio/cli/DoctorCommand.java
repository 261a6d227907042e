package org.jvirtio.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.Accelerator;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.sysfs.SysfsEntry;
import org.jvirtio.vfio.PathCandidate;
import org.jvirtio.vfio.PathChoice;
import org.jvirtio.vfio.VfioHost;
import org.jvirtio.vfio.VfioName;
import org.jvirtio.vfio.VfioPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what this machine can and cannot do, and why. Starts programs only to ask their version. */
@Command(
        name = "jvirtio doctor",
        description = "Say what this machine can and cannot do, and why.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

    /**
     * One finding.
     *
     * @param able whether what depends on it will work
     * @param next what to do if it should; empty if nothing is missing
     */
    private record Finding(String subject, boolean able, String seen, String next) {}

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(program("QEMU", "qemu-system-x86_64", "qemu-system-x86", "--version"));
        findings.add(accelerator());
        findings.add(program("ext4 tools", "mke2fs", "e2fsprogs", "-V"));
        findings.add(program("kernel download", "apt-get", "apt", "--version"));
        findings.add(program("package unpacking", "dpkg-deb", "dpkg", "--version"));
        findings.addAll(vfio());
        findings.add(hugePages());
        print(output, findings);
        return ExitCode.DONE;
    }

    private static Finding java() {
        return new Finding(
                "Java", true, Runtime.version() + " in " + System.getProperty("java.home"), "");
    }

    private static Finding program(String subject, String name, String debianPackage, String ask) {
        Tool tool = new Tool(name, debianPackage);
        return attempt(
                subject,
                () -> {
                    String version = tool.run(ask).output().lines().findFirst().orElse("").strip();
                    return tool.find() + ", " + version;
                });
    }

    private static Finding attempt(String subject, Supplier<String> question) {
        try {
            return new Finding(subject, true, question.get(), "");
        } catch (EnvironmentException e) {
            return new Finding(subject, false, "missing", e.getMessage());
        }
    }

    private static Finding accelerator() {
        Accelerator accelerator = Accelerator.detect();
        return new Finding(
                "guests run under",
                true,
                accelerator.reason(),
                accelerator.kvm() ? "" : "a guest works all the same, some ten times slower");
    }

    /** The means to drive functions of this very machine, which a guest does not need. */
    private static List<Finding> vfio() {
        List<Finding> findings = new ArrayList<>();
        boolean module = Files.isDirectory(Path.of("/sys/bus/pci/drivers/vfio-pci"));
        findings.add(
                new Finding(
                        "vfio-pci driver here",
                        module,
                        module ? "loaded" : "not loaded",
                        module
                                ? ""
                                : "only to drive functions of this machine itself: modprobe vfio-pci"));
        List<SysfsEntry> functions = new SysfsBus().list();
        long grouped = functions.stream().filter(entry -> entry.iommuGroup().isPresent()).count();
        findings.add(
                new Finding(
                        "IOMMU groups here",
                        grouped > 0,
                        grouped + " of " + functions.size() + " functions are in a group",
                        grouped > 0
                                ? ""
                                : "switch the IOMMU on in the firmware and boot with intel_iommu=on"));
        findings.addAll(paths(PathChoice.ofMachine(VfioHost.ofThisMachine())));
        for (SysfsEntry entry : functions) {
            if (entry.vendor() == org.jvirtio.pci.DeviceIdentity.VIRTIO_VENDOR) {
                findings.add(function(entry));
            }
        }
        return findings;
    }

    /** A row for each path, and one for what would be chosen. */
    private static List<Finding> paths(PathChoice choice) {
        List<Finding> findings = new ArrayList<>();
        for (PathCandidate candidate : choice.candidates()) {
            findings.add(
                    new Finding(
                            "VFIO path " + candidate.path().label(),
                            candidate.usable(),
                            choice.became(candidate),
                            candidate.next()));
        }
        findings.add(
                new Finding(
                        "VFIO path unless asked otherwise",
                        choice.path().isPresent(),
                        choice.path().map(VfioPath::label).orElse("none"),
                        ""));
        return findings;
    }

    private static Finding function(SysfsEntry entry) {
        PathChoice choice = PathChoice.of(VfioHost.ofThisMachine(), VfioName.of(entry.address()));
        return new Finding(
                "virtio function " + entry.address(),
                true,
                "driver "
                        + entry.driver().orElse("none")
                        + ", VFIO path "
                        + choice.path().map(VfioPath::label).orElse("none"),
                "");
    }

    private static Finding hugePages() {
        Path number = Path.of("/proc/sys/vm/nr_hugepages");
        try {
            String pages = Files.readString(number).strip();
            boolean some = !pages.equals("0");
            return new Finding(
                    "huge pages here",
                    some,
                    pages + " reserved",
                    some
                            ? ""
                            : "only to drive functions of this machine itself: echo 64 > "
                                    + number);
        } catch (IOException e) {
            return new Finding(
                    "huge pages here", false, e.toString(), "use a kernel with hugetlbfs");
        }
    }

    private void print(Output output, List<Finding> findings) {
        if (output == Output.JSON) {
            console.out().println(JsonText.of(findings.stream().map(DoctorCommand::tree).toList()));
            return;
        }
        for (Finding finding : findings) {
            String mark = finding.able() ? "yes " : console.paint().red("no  ");
            console.out().println(mark + finding.subject() + ": " + finding.seen());
            if (!finding.next().isEmpty()) {
                console.out().println("      " + finding.next());
            }
        }
    }

    private static Map<String, Object> tree(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("subject", finding.subject());
        tree.put("able", finding.able());
        tree.put("seen", finding.seen());
        tree.put("next", finding.next());
        return tree;
    }
}
