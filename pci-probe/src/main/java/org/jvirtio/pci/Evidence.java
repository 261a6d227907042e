package org.jvirtio.pci;

import java.util.List;

/**
 * The rules tried on one thing: the ids, one capability, one register set.
 *
 * @param subject the thing, with its bytes
 * @param conclusion what follows from the rules
 */
public record Evidence(Words subject, List<Rule> rules, Words conclusion) {

    public Evidence {
        rules = List.copyOf(rules);
    }
}
