package org.jvirtio;

/**
 * What became of one feature bit that the device offered, or that the driver asked for in vain.
 *
 * @param name as the specification has it, or {@code bit 57}
 * @param reason a clause that follows "because"
 */
public record FeatureDecision(int bit, String name, boolean accepted, String reason) {

    /** One line: {@code accepted EVENT_IDX (bit 29): the driver uses it}. */
    @Override
    public String toString() {
        String verdict = accepted ? "accepted" : "refused";
        return verdict + " " + name + " (bit " + bit + "): " + reason;
    }
}
