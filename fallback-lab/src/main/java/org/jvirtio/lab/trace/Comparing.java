package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jvirtio.lab.trace.TraceComparison.Difference;

/** The work of one {@link TraceComparison}. */
final class Comparing {

    private final List<NamedAccess> left;
    private final List<NamedAccess> right;
    private final Set<String> mayDiffer;

    Comparing(List<NamedAccess> left, List<NamedAccess> right, Set<String> mayDiffer) {
        this.left = left;
        this.right = right;
        this.mayDiffer = mayDiffer;
    }

    TraceComparison compare() {
        return new TraceComparison(left.size(), right.size(), first(), summary());
    }

    private Optional<Difference> first() {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String a = i < left.size() ? key(left.get(i)) : "";
            String b = i < right.size() ? key(right.get(i)) : "";
            if (!a.equals(b)) {
                return Optional.of(new Difference(i, line(left, i), line(right, i)));
            }
        }
        return Optional.empty();
    }

    private static String line(List<NamedAccess> accesses, int index) {
        return index < accesses.size() ? TraceText.line(accesses.get(index)) : "";
    }

    /** What must be equal: names where there are some, so that BARs may lie elsewhere. */
    private String key(NamedAccess access) {
        return place(access) + (isFree(access) ? "" : " " + value(access));
    }

    private boolean isFree(NamedAccess access) {
        return access.register().isPresent() && mayDiffer.contains(access.register().get().name());
    }

    private static String value(NamedAccess access) {
        return "0x" + Integer.toHexString(access.value());
    }

    private static String place(NamedAccess access) {
        String way = access.access().direction().name().toLowerCase(Locale.ROOT);
        String name =
                access.structure().isPresent()
                        ? access.name()
                        : access.raw().region() + "+0x" + Long.toHexString(access.raw().offset());
        return way + " " + 8 * access.access().width() + " " + name;
    }

    /** Per place: how often, and with which values. */
    private List<String> summary() {
        Map<String, List<String>> a = byPlace(left);
        Map<String, List<String>> b = byPlace(right);
        Set<String> places = new TreeSet<>(a.keySet());
        places.addAll(b.keySet());
        List<String> lines = new ArrayList<>();
        for (String place : places) {
            List<String> inLeft = a.getOrDefault(place, List.of());
            List<String> inRight = b.getOrDefault(place, List.of());
            if (inLeft.size() != inRight.size()) {
                lines.add(
                        String.format("%s: %d and %d times", place, inLeft.size(), inRight.size()));
            } else if (!inLeft.equals(inRight)) {
                lines.add(String.format("%s: %s and %s", place, some(inLeft), some(inRight)));
            }
        }
        return lines;
    }

    private Map<String, List<String>> byPlace(List<NamedAccess> accesses) {
        Map<String, List<String>> values = new TreeMap<>();
        for (NamedAccess access : accesses) {
            values.computeIfAbsent(place(access), place -> new ArrayList<>())
                    .add(isFree(access) ? "any" : value(access));
        }
        return values;
    }

    private static String some(List<String> values) {
        int most = 4;
        String first = String.join(" ", values.subList(0, Math.min(most, values.size())));
        return values.size() > most ? first + " ..." : first;
    }
}
