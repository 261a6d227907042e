package org.jvirtio.lab.peers;

import org.jvirtio.pci.Rule;

/**
 * One rule of another driver, with what was seen.
 *
 * @param sentence what has to hold for it to go on
 * @param seen the values it was tried on
 * @param file that the rule was read in, or that it was inferred for
 */
public record PeerRule(
        String sentence, String seen, Rule.Outcome outcome, Basis basis, PeerFile file) {}
