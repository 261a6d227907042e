package org.jvirtio.cli.lab;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.report.CaseRun;
import org.jvirtio.lab.report.ReportedCase;
import org.jvirtio.lab.report.ResultLine;

/**
 * What runs cases inside a guest: those that its {@link GuestCaseOrder} names, one after the other,
 * and a {@link ResultLine} for each. After a WEDGED one it stops, for whatever wedged may still
 * write to this guest's memory.
 */
public final class GuestCaseProgram implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        GuestCaseOrder order = GuestCaseOrder.of(arguments);
        List<? extends LabCase> cases =
                Class.forName(order.list())
                        .asSubclass(GuestCaseList.class)
                        .getDeclaredConstructor()
                        .newInstance()
                        .cases(order.listArguments());
        if (GuestCaseOrder.checksum(cases) != order.checksum()) {
            throw new IllegalStateException(
                    "host and guest made different lists of cases with " + order.list());
        }
        CaseRun run = new CaseRun(1, order.limit(), 0);
        for (int position : order.positions()) {
            ReportedCase reported = run.one(cases.get(position));
            out.println(new ResultLine(reported.time().toMillis(), reported.result()).text());
            out.flush();
            if (reported.outcome() == Outcome.WEDGED) {
                return ExitCode.FAILED;
            }
        }
        return ExitCode.DONE;
    }
}
