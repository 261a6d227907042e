package org.jvirtio.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jvirtio.guest.GuestProgram;

/**
 * What {@code run} runs inside the guest: carries out one order per argument, and prints one line
 * of JSON for each.
 */
public final class GuestDrive implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        boolean verified = true;
        for (String argument : arguments) {
            DeviceReport report = Drive.report(DriveOrder.decode(argument));
            out.println(JSON.std.asString(report.tree()));
            out.flush();
            verified &= report.verified();
        }
        return verified ? ExitCode.DONE : ExitCode.FAILED;
    }
}
