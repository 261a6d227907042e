package org.jvirtio.lab.peers;

import java.util.List;

/**
 * What the kernel of this machine did with a function.
 *
 * @param evidence what was read in sysfs and procfs, one sentence each
 * @param log what the kernel printed about the function
 */
public record KernelVerdict(Decision decision, List<String> evidence, List<String> log) {

    public KernelVerdict {
        evidence = List.copyOf(evidence);
        log = List.copyOf(log);
    }

    /** Ignoring and refusing look the same from outside: the driver does not have it. */
    public boolean agreesWith(PeerVerdict predicted) {
        return decision == predicted.decision()
                || (decision == Decision.REFUSES && predicted.decision() == Decision.IGNORES);
    }
}
