package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What was found right and wrong on the way through one case. */
final class Findings {

    private final List<String> right = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** Holds what was seen against what was expected. */
    void equal(String what, Object expected, Object seen) {
        if (Objects.equals(expected, seen)) {
            right.add(what + " " + seen);
        } else {
            wrong.add(what + ": expected " + expected + ", seen " + seen);
        }
    }

    /** Notes what holds as {@code what}; else as {@code instead}. */
    void that(String what, boolean holds, String instead) {
        if (holds) {
            right.add(what);
        } else {
            wrong.add(what + ": no; " + instead);
        }
    }

    boolean allRight() {
        return wrong.isEmpty() && !right.isEmpty();
    }

    /** What is wrong, or all that is right. */
    String seen() {
        return String.join("; ", wrong.isEmpty() ? right : wrong);
    }
}
