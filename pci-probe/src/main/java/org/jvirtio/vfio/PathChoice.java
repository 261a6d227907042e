package org.jvirtio.vfio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.sysfs.PciAddress;

/**
 * Which path leads to a function through VFIO, with the evidence for it. Commands, errors and tests
 * all print this one value.
 *
 * @param function which; empty for what the machine offers to functions not known yet
 * @param candidates every path, in the order tried
 */
public record PathChoice(Optional<VfioName> function, List<PathCandidate> candidates) {

    public PathChoice {
        candidates = List.copyOf(candidates);
    }

    /** Chooses for one function. Files are looked at; none is opened, and nothing is bound. */
    public static PathChoice of(VfioHost host, VfioName name) {
        return new PathChoice(Optional.of(name), candidates(host, Optional.of(name.address())));
    }

    /** What this machine offers to functions that are not known yet. */
    public static PathChoice ofMachine(VfioHost host) {
        return new PathChoice(Optional.empty(), candidates(host, Optional.empty()));
    }

    private static List<PathCandidate> candidates(VfioHost host, Optional<PciAddress> function) {
        return Arrays.stream(VfioPath.values())
                .map(path -> new PathProbe(host, function).examine(path))
                .toList();
    }

    private Optional<VfioPath> asked() {
        return function.flatMap(VfioName::asked);
    }

    /** The path that was asked for, if it can be had; otherwise the first that may be chosen. */
    public Optional<VfioPath> path() {
        return candidates.stream()
                .filter(PathCandidate::usable)
                .map(PathCandidate::path)
                .filter(path -> asked().isEmpty() ? path.unasked() : path == asked().get())
                .findFirst();
    }

    /**
     * The path, for callers that cannot go on without.
     *
     * @throws EnvironmentException if there is none: each with its reason, and what to change
     */
    VfioPath require() {
        return path().orElseThrow(() -> new EnvironmentException(refusal()));
    }

    private String refusal() {
        StringBuilder text = new StringBuilder("opening ");
        text.append(function.map(VfioName::toString).orElse("a function")).append(": ");
        text.append(asked().map(path -> "path " + path.label() + " cannot").orElse("no path can"));
        text.append(" be had.");
        for (PathCandidate candidate : considered()) {
            text.append("\n  ").append(line(candidate));
        }
        function.ifPresent(
                name -> text.append("\nWithout interrupts there is sysfs:" + name.address()));
        return text.toString();
    }

    /** The lines that lead to the path: those before it in the order, and its own. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (PathCandidate candidate : considered()) {
            reasons.add(line(candidate));
            if (path().equals(Optional.of(candidate.path()))) {
                break;
            }
        }
        return reasons;
    }

    /** All of them, or the one that was asked for. */
    private List<PathCandidate> considered() {
        return candidates.stream()
                .filter(each -> asked().isEmpty() || asked().get() == each.path())
                .toList();
    }

    /** One line per path: what became of it and why. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        candidates.forEach(candidate -> lines.add(line(candidate)));
        return lines;
    }

    private String line(PathCandidate candidate) {
        String next = candidate.next().isEmpty() ? "" : ". " + candidate.next();
        return "path " + candidate.path().label() + ": " + became(candidate) + next;
    }

    /** What became of a candidate, and why. */
    public String became(PathCandidate candidate) {
        if (!candidate.usable()) {
            return candidate.seen();
        }
        if (path().equals(Optional.of(candidate.path()))) {
            String why = asked().isPresent() ? "chosen, as asked: " : "chosen: ";
            return why + candidate.seen();
        }
        return candidate.path().unasked()
                ? "could be had, " + path().map(VfioPath::label).orElse("another") + " goes before"
                : "could be had, and is never chosen by itself: ask with ,path="
                        + candidate.path().label();
    }
}
