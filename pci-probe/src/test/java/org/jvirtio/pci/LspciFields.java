package org.jvirtio.pci;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of one function in the output of {@code lspci -n -vv}, ours or theirs: {@code
 * [98]/title/Count} is {@code 2}.
 */
final class LspciFields {

    private static final Pattern CAPABILITY =
            Pattern.compile("\tCapabilities: (\\[[0-9a-f]+\\]) (.*)");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9/ -]+):\\s(.*)");
    private static final Pattern FLAG = Pattern.compile("(\\S+?)([+-])");
    private static final Pattern EQUAL = Pattern.compile("([^=]+)=(.*)");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private String section = "header";
    private String label = "title";

    private LspciFields() {}

    /** Parses the lines of one function; the first holds its ids. */
    static Map<String, String> parse(List<String> lines) {
        LspciFields parser = new LspciFields();
        // Names of programming interfaces are printed even with -n.
        parser.fields.put("header/title", lines.get(0).replaceAll(" \\[[^]]*\\]", ""));
        for (String line : lines.subList(1, lines.size())) {
            parser.line(line);
        }
        return parser.fields;
    }

    private void line(String line) {
        Matcher capability = CAPABILITY.matcher(line);
        if (capability.matches()) {
            section = capability.group(1);
            label = "title";
            values(capability.group(2));
            return;
        }
        boolean goesOn = line.startsWith("\t\t\t");
        Matcher labelled = LABEL.matcher(line.strip());
        if (!goesOn && labelled.matches()) {
            label = labelled.group(1);
            values(labelled.group(2));
            return;
        }
        if (!goesOn) {
            label = "";
        }
        values(line.strip());
    }

    private void values(String text) {
        for (String part : text.split("[,;]", -1)) {
            StringBuilder words = new StringBuilder();
            for (String word : part.strip().split("\\s+", -1)) {
                if (!isNamed(FLAG.matcher(word)) && !isNamed(EQUAL.matcher(word))) {
                    words.append(words.length() == 0 ? "" : " ").append(word);
                }
            }
            if (words.length() > 0) {
                String[] named = words.toString().split(" ", 2);
                put(named[0], named.length == 2 ? named[1] : "");
            }
        }
    }

    private boolean isNamed(Matcher matcher) {
        if (matcher.matches()) {
            put(matcher.group(1), matcher.group(2));
            return true;
        }
        return false;
    }

    private void put(String name, String value) {
        fields.put(section + "/" + label + "/" + name, value);
    }
}
