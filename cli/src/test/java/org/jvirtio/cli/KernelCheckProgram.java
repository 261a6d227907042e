package org.jvirtio.cli;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.lab.peers.KernelCheck;
import org.jvirtio.lab.peers.KernelVerdict;
import org.jvirtio.lab.peers.PeerFacts;
import org.jvirtio.lab.peers.PeerVerdict;
import org.jvirtio.lab.peers.Peers;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.sysfs.PciAddress;

/** Prints for each address what is said of Linux, what the kernel did, and how that was seen. */
public final class KernelCheckProgram implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        for (String address : arguments) {
            try (PciFunction function = Functions.openToLook("sysfs:" + address)) {
                out.println(line(function, KernelCheck.of(PciAddress.parse(address))));
            }
        }
        return 0;
    }

    private static String line(PciFunction function, KernelVerdict real) {
        DeviceIdentity identity = DeviceIdentity.of(function.config());
        PeerVerdict said =
                Peers.judge(Peers.named(List.of("linux")), PeerFacts.of(function)).get(0);
        String seen = String.join(" | ", real.evidence());
        return String.format(
                "%s %s: %s, %s, bit 32 %s, %s half",
                identity.type().map(DeviceType::label).orElse("unknown"),
                identity.kind().label(),
                said.decision().label(),
                real.decision().label(),
                seen.contains("(VERSION_1) set") ? "set" : "clear",
                seen.contains("virtio-pci-modern")
                        ? "modern"
                        : seen.contains("virtio-pci-legacy") ? "legacy" : "no: " + seen);
    }
}
