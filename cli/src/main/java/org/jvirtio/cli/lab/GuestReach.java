package org.jvirtio.cli.lab;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.report.CaseRunner;
import org.jvirtio.lab.report.ReportedCase;

/** QEMU's devices over VFIO, by the only process of a guest. */
final class GuestReach implements LabReach {

    private static final Duration BOOT_LIMIT = Duration.ofMinutes(20);

    /** A guest may say nothing for as long as a case takes, and for as long as it boots. */
    private static final Duration BOOT = Duration.ofMinutes(1);

    @Override
    public String label() {
        return "guest";
    }

    @Override
    public Reached reach(ReachCases cases, Order order) {
        Map<String, String> about = new LinkedHashMap<>();
        QemuPlace place = QemuPlace.GUEST.in(order.machine());
        return new Reached(cases.onQemu(place), new Runner(cases, order, about), about);
    }

    /** Makes the guest only when there is something to run. */
    private record Runner(ReachCases cases, Order order, Map<String, String> about)
            implements CaseRunner {

        @Override
        public List<ReportedCase> run(List<LabCase> chosen, Consumer<ReportedCase> each) {
            try (ScratchDirectory scratch = ScratchDirectory.make()) {
                GuestCases runner = runner(cases.qemuArguments(scratch.path()));
                List<ReportedCase> reported = runner.run(chosen, each);
                about.putAll(runner.about());
                return reported;
            }
        }

        private GuestCases runner(List<String> devices) {
            QemuGuest guest =
                    order.machine()
                            .guest(order.console(), devices, BOOT_LIMIT, cases.limit().plus(BOOT));
            return new GuestCases(
                    order.console(),
                    guest,
                    cases.guestList(),
                    cases.guestArguments(),
                    cases.limit(),
                    order.lab().retries());
        }
    }
}
