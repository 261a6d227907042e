package org.jvirtio.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A BAR cut at every edge of a piece: between two edges the same pieces use every byte.
 *
 * <pre>
 *   pieces   [--a--]   [---b---]
 *                         [--c--]
 *   spans    [  a  ][ ][b ][b,c][c]    gap where nobody is, overlap where two are
 * </pre>
 */
final class BarSpans {

    /** Bytes from {@code begin} up to {@code end}, and who uses them. */
    record Span(long begin, long end, List<BarPiece> users) {

        boolean isGap() {
            return users.isEmpty();
        }

        boolean isOverlap() {
            return users.size() > 1;
        }

        @Override
        public String toString() {
            String bytes = String.format("+0x%x, 0x%x bytes", begin, end - begin);
            return isGap()
                    ? "gap " + bytes + ": no layout has anything there"
                    : "overlap "
                            + bytes
                            + ": "
                            + users.stream()
                                    .map(BarPiece::toString)
                                    .collect(Collectors.joining(" meets "));
        }
    }

    private BarSpans() {}

    static List<Span> of(long length, List<BarPiece> pieces) {
        long[] edges =
                LongStream.concat(
                                LongStream.of(0, length),
                                pieces.stream()
                                        .flatMapToLong(
                                                piece ->
                                                        LongStream.of(piece.offset(), piece.end())))
                        .filter(edge -> edge <= length)
                        .sorted()
                        .distinct()
                        .toArray();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i + 1 < edges.length; i++) {
            spans.add(span(edges[i], edges[i + 1], pieces));
        }
        return spans;
    }

    private static Span span(long begin, long end, List<BarPiece> pieces) {
        Stream<BarPiece> users =
                pieces.stream().filter(piece -> piece.offset() <= begin && piece.end() >= end);
        return new Span(begin, end, users.sorted(Comparator.comparing(BarPiece::row)).toList());
    }
}
