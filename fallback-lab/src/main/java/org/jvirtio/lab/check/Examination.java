package org.jvirtio.lab.check;

import org.jvirtio.lab.Subject;

/** Looks at a device once, before its first row, so that rows that do not apply cost nothing. */
final class Examination {

    private final Subject subject;
    private Facts facts;

    Examination(Subject subject) {
        this.subject = subject;
    }

    /** What is known of it; opens it the first time. */
    synchronized Facts facts() {
        if (facts == null) {
            try (Bench bench = new Bench(subject)) {
                facts = Facts.of(bench);
            }
        }
        return facts;
    }
}
