package org.jvirtio.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where pieces of a BAR share bytes, and where nothing is. */
class BarSpansTest {

    private static final BarPiece COMMON = new BarPiece("virtio1", "common", 0x0, 0x38);
    private static final BarPiece ISR = new BarPiece("virtio1", "isr", 0x30, 0x10);

    private static List<String> spans(long length, BarPiece... pieces) {
        return BarSpans.of(length, List.of(pieces)).stream()
                .filter(span -> span.isGap() || span.isOverlap())
                .map(BarSpans.Span::toString)
                .toList();
    }

    @Test
    void aBarThatNobodyUsesIsOneGap() {
        assertEquals(
                List.of("gap +0x0, 0x1000 bytes: no layout has anything there"), spans(0x1000));
    }

    @Test
    void bytesOfTwoPiecesAreAnOverlapWithTheNamesOfBoth() {
        assertEquals(
                List.of(
                        "overlap +0x30, 0x8 bytes: virtio1 common +0x0, 0x38 bytes meets virtio1"
                                + " isr +0x30, 0x10 bytes",
                        "gap +0x40, 0xc0 bytes: no layout has anything there"),
                spans(0x100, COMMON, ISR));
    }

    @Test
    void piecesThatOnlyTouchDoNotOverlap() {
        assertEquals(List.of(), spans(0x48, COMMON, new BarPiece("virtio1", "isr", 0x38, 0x10)));
    }

    @Test
    void aPiecePastTheEndIsCutThere() {
        assertEquals(
                List.of("gap +0x0, 0x30 bytes: no layout has anything there"), spans(0x38, ISR));
    }
}
