package org.jvirtio.learn.check;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.learn.Resources;

/**
 * A Java file with a hole. Both the file that a learner gets and the solution are cut from one
 * source, so that they cannot differ in anything but the hole:
 *
 * <pre>
 *     //: solution        lines of the solution
 *     //: hole            lines that stand there instead
 *     //: end
 * </pre>
 *
 * @param name of the class
 * @param hint what to say if the file does not compile
 */
public record Exercise(String name, String hint) {

    private static final String MARK = "//: ";

    private enum Part {
        COMMON,
        SOLUTION,
        HOLE
    }

    public String fileName() {
        return name + ".java";
    }

    /** What the learner begins with. */
    public String unsolved() {
        return cut(Part.HOLE);
    }

    public String solved() {
        return cut(Part.SOLUTION);
    }

    private String cut(Part kept) {
        List<String> lines = new ArrayList<>();
        Part part = Part.COMMON;
        for (String line : Resources.text("exercises/" + fileName()).lines().toList()) {
            if (line.strip().startsWith(MARK)) {
                part = part(line.strip().substring(MARK.length()));
            } else if (part == Part.COMMON || part == kept) {
                lines.add(line);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private Part part(String word) {
        return switch (word) {
            case "solution" -> Part.SOLUTION;
            case "hole" -> Part.HOLE;
            case "end" -> Part.COMMON;
            default -> throw new IllegalStateException(fileName() + ": " + MARK + word);
        };
    }
}
