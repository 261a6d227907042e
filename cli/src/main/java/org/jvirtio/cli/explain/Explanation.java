package org.jvirtio.cli.explain;

import java.util.List;
import java.util.Optional;
import org.jvirtio.lab.peers.KernelVerdict;
import org.jvirtio.lab.peers.Peer;
import org.jvirtio.lab.peers.PeerFacts;
import org.jvirtio.lab.peers.PeerVerdict;
import org.jvirtio.lab.peers.Peers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.DecodedFunction;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.vfio.PathChoice;

/**
 * All that is said about one function.
 *
 * @param path how VFIO would lead to it; empty if its name is not one of VFIO
 * @param layouts all that the function shows, whichever the policy prefers
 * @param verdicts of the drivers that were asked for; empty if none was
 * @param kernel what this kernel did; empty if it was not asked
 */
public record Explanation(
        DecodedFunction decoded,
        Optional<PathChoice> path,
        LayoutChoice choice,
        List<VirtioLayout> layouts,
        ConfigSnapshot bytes,
        CapabilityList capabilities,
        List<Bar> bars,
        List<PeerVerdict> verdicts,
        Optional<KernelVerdict> kernel) {

    /** Reads the configuration space; nothing is written, and no register of the device is read. */
    public static Explanation of(
            PciFunction function, Optional<PathChoice> path, Policy policy, List<Peer> peers) {
        return new Explanation(
                DecodedFunction.of(function),
                path,
                LayoutChoice.of(function, policy),
                LayoutChoice.everyLayout(function),
                ConfigSnapshot.of(function.config()),
                CapabilityList.of(function.config()),
                function.bars(),
                Peers.judge(peers, PeerFacts.of(function)),
                Optional.empty());
    }

    public Explanation with(KernelVerdict real) {
        return new Explanation(
                decoded,
                path,
                choice,
                layouts,
                bytes,
                capabilities,
                bars,
                verdicts,
                Optional.of(real));
    }

    /** Whether the kernel did what was said of it; true if it was not asked. */
    public boolean kernelAgrees() {
        return kernel.isEmpty() || kernel.get().agreesWith(linux());
    }

    /** What was said of the kernel. */
    PeerVerdict linux() {
        return verdicts.stream()
                .filter(verdict -> verdict.peer().equals("linux"))
                .findFirst()
                .orElseThrow();
    }
}
