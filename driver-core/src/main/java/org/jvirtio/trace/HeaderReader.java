package org.jvirtio.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of a trace before its events. */
final class HeaderReader {

    private static final int MOST_REGIONS = 64;

    /** What is kept of a region; the configuration of a function is the longest there is. */
    private static final int MOST_CONTENT = 4096;

    private final Map<String, TraceRegion> regions = new LinkedHashMap<>();
    private String function = "";
    private long lost;

    /** Reads one line; true if the events begin after it. */
    boolean isLast(LineCursor line) {
        switch (line.word("function, region, bytes, lost or events", HeaderReader::isKind)) {
            case "function" -> function = line.rest("the name of the function");
            case "region" -> region(line);
            case "bytes" -> bytes(line);
            case "lost" -> lost = line.decimal("how many events were not kept");
            default -> {
                return true;
            }
        }
        return false;
    }

    TraceHeader header() {
        return new TraceHeader(function, new ArrayList<>(regions.values()));
    }

    long lost() {
        return lost;
    }

    boolean has(String region) {
        return regions.containsKey(region);
    }

    /** True if there is such a region, and {@code width} bytes at {@code offset} lie in it. */
    boolean holds(String region, long offset, int width) {
        if (!has(region)) {
            return false;
        }
        long length = regions.get(region).length();
        return length == TraceRegion.UNKNOWN_LENGTH || offset <= length - width;
    }

    private void region(LineCursor line) {
        String name =
                line.word(
                        "the name of a new region, without +, one of at most " + MOST_REGIONS,
                        word -> !word.contains("+") && !has(word) && regions.size() < MOST_REGIONS);
        line.literal("at");
        long address = line.hex("an address");
        line.literal("length");
        long length = length(line);
        List<String> traits = new ArrayList<>();
        while (!line.atEnd()) {
            traits.add(line.word("a word about the region", word -> true));
        }
        regions.put(name, new TraceRegion(name, address, length, traits, ""));
    }

    private static long length(LineCursor line) {
        String word =
                line.word(
                        "a length such as 0x1f, or unknown",
                        text -> text.matches("0x[0-9a-fA-F]{1,15}|unknown"));
        return word.equals("unknown")
                ? TraceRegion.UNKNOWN_LENGTH
                : Long.parseLong(word.substring(2), 16);
    }

    private void bytes(LineCursor line) {
        String name = line.word("the name of a region listed before", this::has);
        TraceRegion region = regions.get(name);
        int known = region.content().length() / 2;
        String offset = String.format("0x%x", known);
        line.word(offset + ", where the bytes before end", offset::equals);
        String digits =
                line.word(
                        "hex digits, two a byte, of at most " + MOST_CONTENT + " bytes",
                        word -> word.matches("([0-9a-fA-F]{2})+") && fits(word, known));
        regions.put(
                name,
                new TraceRegion(
                        name,
                        region.address(),
                        region.length(),
                        region.traits(),
                        region.content() + digits));
    }

    private static boolean fits(String digits, int known) {
        return known + digits.length() / 2 <= MOST_CONTENT;
    }

    private static boolean isKind(String word) {
        return word.matches("function|region|bytes|lost|events");
    }
}
