package org.jvirtio.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import org.jvirtio.guest.GuestProgram;

/**
 * What {@code run} runs inside the guest: drives every row of the plan with the token that is its
 * first argument, by the path of VFIO that is its second, and prints one line of JSON for each.
 *
 * <p>The host makes the same plan of the same token; the orders themselves would be more than a
 * kernel's command line holds.
 */
public final class GuestDrive implements GuestProgram {

    /** The argument that asks for what a page needs for its pictures. */
    static final String RECORD = "record";

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        List<DriveOrder> orders = new RunPlan(arguments.get(0), arguments.get(1)).orders();
        return drive(orders, arguments.contains(RECORD) ? Drive::recorded : Drive::report, out);
    }

    static int drive(
            List<DriveOrder> orders, Function<DriveOrder, DeviceReport> driving, PrintStream out)
            throws IOException {
        boolean verified = true;
        for (DriveOrder order : orders) {
            DeviceReport report = driving.apply(order);
            out.println(JSON.std.asString(report.wholeTree()));
            out.flush();
            verified &= report.verified();
        }
        return verified ? ExitCode.DONE : ExitCode.FAILED;
    }
}
