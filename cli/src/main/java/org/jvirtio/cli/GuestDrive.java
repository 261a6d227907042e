package org.jvirtio.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jvirtio.guest.GuestProgram;

/**
 * What {@code run} runs inside the guest: drives every row of the plan with the token that is its
 * first argument, by the path of VFIO that is its second, and prints one line of JSON for each.
 *
 * <p>The host makes the same plan of the same token; the orders themselves would be more than a
 * kernel's command line holds.
 */
public final class GuestDrive implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        return drive(new RunPlan(arguments.get(0), arguments.get(1)).orders(), out);
    }

    static int drive(List<DriveOrder> orders, PrintStream out) throws IOException {
        boolean verified = true;
        for (DriveOrder order : orders) {
            DeviceReport report = Drive.report(order);
            out.println(JSON.std.asString(report.tree()));
            out.flush();
            verified &= report.verified();
        }
        return verified ? ExitCode.DONE : ExitCode.FAILED;
    }
}
