package org.jvirtio.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** A page is one file that asks for nothing, and a device cannot write markup into it. */
class PageTest {

    private static final String HOSTILE =
            "<script>alert(1)</script>\u001b[2J\u0000\ud800\u202e]]>&\"'";

    private static final String PAGE =
            Page.of(
                    HOSTILE,
                    page -> {
                        new ByteDump(
                                        16,
                                        offset -> offset == 4 ? -1 : offset,
                                        List.of(
                                                new ByteGroup(
                                                        HOSTILE,
                                                        0,
                                                        8,
                                                        List.of(
                                                                new ByteField(
                                                                        0, 2, HOSTILE, HOSTILE,
                                                                        HOSTILE)))))
                                .write(page);
                        RuleTree.write(
                                page, List.of(RuleNode.rule("passed", HOSTILE, HOSTILE, HOSTILE)));
                        new BarPicture(HOSTILE, 64, List.of(new BarPiece(HOSTILE, HOSTILE, 0, 8)))
                                .write(page);
                    });

    @Test
    void whatADeviceSaidIsTextEverywhere() throws Exception {
        Document page = parsed();
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert(1)"));
    }

    @Test
    void nothingIsTakenFromElsewhere() {
        assertFalse(PAGE.matches("(?s).*(https?:|src=|@import|url\\().*"), PAGE);
        assertTrue(PAGE.contains("default-src 'none'"), PAGE);
    }

    @Test
    void theStyleSheetHasNoSignThatWouldBeEscaped() {
        assertFalse(Page.style().matches("(?s).*[<>&].*"), Page.style());
    }

    @Test
    void aByteThatWasNotReadIsShownAsSuch() throws Exception {
        assertTrue(parsed().getDocumentElement().getTextContent().contains("02 03 -- 05"));
    }

    private static Document parsed() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(PAGE)));
    }
}
