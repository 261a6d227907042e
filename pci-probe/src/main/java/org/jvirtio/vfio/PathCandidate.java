package org.jvirtio.vfio;

import java.util.List;
import java.util.Optional;
import org.jvirtio.pci.Rule;

/**
 * One path, as far as it was examined: the first rule that fails ends it.
 *
 * @param next what would make that rule hold; empty if none fails
 */
public record PathCandidate(VfioPath path, List<Rule> rules, String next) {

    public PathCandidate {
        rules = List.copyOf(rules);
    }

    public boolean usable() {
        return failed().isEmpty();
    }

    /** What was seen, in one line: why it cannot be had, or everything that speaks for it. */
    public String seen() {
        return failed().map(rule -> "not '" + rule.sentence() + "': " + rule.seen())
                .orElseGet(
                        () ->
                                String.join(
                                        "; ",
                                        rules.stream()
                                                .map(rule -> rule.seen().toString())
                                                .toList()));
    }

    private Optional<Rule> failed() {
        return rules.stream().filter(rule -> rule.outcome() == Rule.Outcome.FAILED).findFirst();
    }
}
