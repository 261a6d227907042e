package org.jvirtio.cli.bench;

import java.util.List;
import java.util.Map;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ShellWords;
import org.jvirtio.guest.QemuGuest;

/** What every benchmark in a guest has among its inputs besides those of this machine. */
final class GuestInputs {

    private GuestInputs() {}

    static void add(Map<String, String> inputs, QemuGuest guest, GuestOptions options) {
        inputs.put("QEMU", PeerGuest.qemuVersion());
        inputs.put("accelerator", guest.machine().accelerator().reason());
        inputs.put("guest", guest.machine().size());
        inputs.put("guest kernel", guest.image().kernelVersion());
        List<String> arguments = options.qemuArguments();
        if (!arguments.isEmpty()) {
            inputs.put("arguments for QEMU", ShellWords.join(arguments));
        }
    }
}
