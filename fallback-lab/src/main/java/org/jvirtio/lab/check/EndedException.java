package org.jvirtio.lab.check;

/** Ends a check where it stands: what comes before the question already answers it. */
final class EndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Finding finding;

    EndedException(Finding finding) {
        super(finding.seen());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
