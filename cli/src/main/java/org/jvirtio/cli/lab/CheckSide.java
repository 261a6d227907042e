package org.jvirtio.cli.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Subject;
import org.jvirtio.lab.check.CheckCase;
import org.jvirtio.lab.trace.DriverCases;

/** Whose rows of the conformance catalogue are checked. */
enum CheckSide {
    /** What the device does, with registers and rings laid bare. */
    DEVICE(CheckCase::of),
    /** What our driver does on the device, recorded. */
    DRIVER(DriverCases::of);

    @SuppressWarnings("ImmutableEnumChecker") // A reference to a static method.
    private final Function<Subject, List<LabCase>> rows;

    CheckSide(Function<Subject, List<LabCase>> rows) {
        this.rows = rows;
    }

    /** Both for no word. */
    static List<CheckSide> named(String word) {
        if (word.isEmpty()) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(side -> side.label().equals(word))
                .findFirst()
                .map(List::of)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "choosing a side: '"
                                                + word
                                                + "' is neither device nor driver"));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every row of this side on each subject. */
    List<LabCase> cases(List<Subject> subjects) {
        return subjects.stream().flatMap(subject -> rows.apply(subject).stream()).toList();
    }
}
