package org.jvirtio.cli.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.UsageException;
import org.w3c.dom.Document;

/** A report as JSON and back, as text, and as a page. */
class ReportFormsTest {

    private final BenchReport report = SampleReports.report(90);

    @Test
    void whatWasWrittenAsJsonIsReadBackUnchanged() {
        assertEquals(report, ReportJson.parse("a file", ReportJson.of(report)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"benchmark\": 3}",
                "{\"benchmark\": \"ring\", \"time\": \"yesterday\"}",
            })
    void whatIsNoReportIsRefusedWithItsName(String json) {
        UsageException thrown =
                assertThrows(UsageException.class, () -> ReportJson.parse("some.json", json));
        assertTrue(thrown.getMessage().contains("some.json"), thrown.getMessage());
    }

    @Test
    void thePageIsWellFormedAndShowsATableForEachPlot() throws Exception {
        Document page = parsed(ReportPage.of(report));
        assertEquals(2, page.getElementsByTagName("svg").getLength());
        assertEquals(3, page.getElementsByTagName("table").getLength(), "and one of the inputs");
        assertEquals(3, page.getElementsByTagName("circle").getLength(), "a median for each peer");
    }

    @Test
    void thePageNeedsNoScriptAndNoNetwork() {
        String page = ReportPage.of(report);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.matches("(?s).*https?:.*"), page);
        assertFalse(page.contains("url("), page);
    }

    @Test
    void theTextNamesRatioGoalAndVerdict() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new ReportText(out, Paint.none()).print(report);
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("0.90 (0.90 to 0.90)  ratio to C >= 1.00, NOT met"), text);
        assertTrue(text.contains("<= 128, met"), text);
        assertTrue(text.contains("1 of 2 goals met"), text);
        assertTrue(text.contains("note: a < b"), text);
    }

    @Test
    void whatCannotBeKeptIsPrintedAllTheSame(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("no-directory"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Console console = new Console(out, out, Paint.none());
        assertThrows(
                EnvironmentException.class,
                () -> new ReportOutput().finish(console, report, new KeptReports(file)));
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("1 of 2 goals met"), text);
    }

    @Test
    void anAxisEndsAtARoundNumberAboveAllSamples() {
        assertEquals(100, Plot.niceAbove(91));
        assertEquals(0.2, Plot.niceAbove(0.11), 1e-12);
        assertEquals(50, Plot.niceAbove(50));
        assertEquals(1, Plot.niceAbove(0));
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }
}
