package org.jvirtio.cli.bench.reach;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.sysfs.PciAddress;

/** What {@code bench reach} runs inside the guest: all rounds, one line each. */
public final class GuestReachBench implements GuestProgram {

    /** Where the disk of the guest is. */
    public static final int SLOT = 4;

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        ReachPlan plan = ReachPlan.of(arguments);
        PciAddress address = PciAddress.parse(String.format("0000:00:%02x.0", SLOT));
        try (DrivenDisk disk =
                DrivenDisk.open(GuestVfio.name(address).toString(), plan, () -> {})) {
            for (int round = 0; round < plan.rounds(); round++) {
                out.println(disk.round().line());
                out.flush();
            }
        }
        return 0;
    }
}
