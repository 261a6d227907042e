package org.jvirtio.cli.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jvirtio.cli.Functions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.matrix.CellReach;
import org.jvirtio.lab.report.CaseRun;
import org.jvirtio.lab.report.CaseRunner;
import org.jvirtio.lab.report.ReportedCase;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.serve.DeviceServer;

/**
 * Runs cases one after the other over models behind sockets, which end with the case that wanted
 * them.
 */
final class ServedCases implements CaseRunner, ModelPlace {

    private final CaseRun attempts;
    private final Map<String, String> about = new LinkedHashMap<>();
    private Path directory;
    private DeviceServer server;
    private int served;

    ServedCases(ReachCases cases, LabReach.Order order) {
        attempts = new CaseRun(1, cases.limit(), order.lab().retries());
    }

    Map<String, String> about() {
        return about;
    }

    @Override
    public CellReach reach() {
        return CellReach.VFIO_USER;
    }

    @Override
    public PciFunction open(String device) {
        Path socket = directory.resolve(++served + ".socket");
        server.serve(device, socket);
        return Functions.openToDrive("vfio-user:" + socket);
    }

    @Override
    public List<ReportedCase> run(List<LabCase> chosen, Consumer<ReportedCase> each) {
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            directory = scratch.path();
            List<ReportedCase> reported = new ArrayList<>();
            for (LabCase some : chosen) {
                reported.add(one(some));
                each.accept(reported.get(reported.size() - 1));
            }
            about.put("models served", "" + served);
            return reported;
        }
    }

    /** What a model tells of its client is of no use: half of the cases misbehave on purpose. */
    private ReportedCase one(LabCase some) {
        try (DeviceServer serving = new DeviceServer(line -> {})) {
            server = serving;
            return attempts.one(some);
        }
    }
}
