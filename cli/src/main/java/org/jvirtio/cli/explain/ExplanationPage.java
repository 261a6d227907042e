package org.jvirtio.cli.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jvirtio.cli.bench.report.Html;
import org.jvirtio.lab.peers.KernelVerdict;
import org.jvirtio.lab.peers.PeerRule;
import org.jvirtio.lab.peers.PeerVerdict;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.DecodedText;
import org.jvirtio.pci.Evidence;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.Rule;
import org.jvirtio.pci.VirtioLayout;

/**
 * An explanation as one file of HTML that needs no network and no script. It is well-formed XML, so
 * that a test can parse it; whatever a device or a user wrote is escaped.
 */
public final class ExplanationPage {

    private final Explanation explanation;
    private final StringBuilder page = new StringBuilder();

    private ExplanationPage(Explanation explanation) {
        this.explanation = explanation;
    }

    public static String of(Explanation explanation) {
        ExplanationPage page = new ExplanationPage(explanation);
        page.write();
        return page.page.toString();
    }

    private void write() {
        LayoutChoice choice = explanation.choice();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.append("<meta name=\"viewport\" content=\"width=device-width\"/>");
        element("title", "jvirtio explain " + choice.function());
        page.append("<style>\n").append(style()).append("</style></head><body>\n");
        element("h1", choice.function());
        result(choice);
        element("h2", "The bytes");
        page.append(ConfigDump.of(explanation));
        bars();
        element("h2", "The choice, rule by rule");
        choice.candidates().forEach(this::candidate);
        peers();
        explanation.kernel().ifPresent(this::kernel);
        element("h2", "The configuration space in words");
        element("pre", String.join("\n", DecodedText.lines(explanation.decoded())));
        page.append("</body></html>\n");
    }

    private void result(LayoutChoice choice) {
        page.append("<table>");
        row("identity", choice.identity() + ": " + choice.identity().reason());
        row("policy", choice.policy().toString());
        choice.notes().forEach(note -> row("note", note));
        row("layout", choice.layout().map(VirtioLayout::label).orElse("none"));
        choice.layout()
                .ifPresent(
                        layout ->
                                NamedWindow.of(layout)
                                        .forEach(w -> row(w.name(), w.window().toString())));
        page.append("</table>\n");
    }

    private void bars() {
        String map = BarMap.of(explanation);
        if (!map.isEmpty()) {
            element("h2", "The BARs");
            page.append(map);
        }
    }

    private void candidate(Candidate candidate) {
        boolean chosen = candidate.usable().isPresent();
        page.append(chosen ? "<details open=\"open\">" : "<details>");
        page.append("<summary class=\"").append(word(candidate.verdict().label())).append("\">");
        text(
                candidate.kind().label()
                        + ": "
                        + candidate.verdict().label()
                        + ": "
                        + candidate.reason());
        page.append("</summary>\n");
        for (Evidence evidence : candidate.evidence()) {
            element("h3", evidence.subject() + " → " + evidence.conclusion());
            page.append("<table>");
            for (Rule rule : evidence.rules()) {
                rule(rule.outcome(), rule.sentence(), rule.seen().toString(), rule.source());
            }
            page.append("</table>\n");
        }
        page.append("</details>\n");
    }

    private void peers() {
        List<PeerVerdict> verdicts = explanation.verdicts();
        if (verdicts.isEmpty()) {
            return;
        }
        element("h2", "What other drivers do with these bytes");
        for (PeerVerdict verdict : verdicts) {
            page.append("<details><summary class=\"").append(word(verdict.decision().label()));
            page.append("\"><b>");
            text(verdict.peer());
            page.append("</b> ");
            text(verdict.label() + ": " + verdict.reason());
            verdict.otherwise().ifPresent(w -> text("; its parser alone: " + w.label()));
            page.append("</summary><table>");
            for (PeerRule rule : verdict.rules()) {
                rule(
                        rule.outcome(),
                        rule.sentence(),
                        rule.seen(),
                        rule.file().name() + ", " + rule.basis().label());
            }
            page.append("</table>");
            verdict.files().forEach(file -> element("p", "Read in " + file + "."));
            page.append("</details>\n");
        }
    }

    private void kernel(KernelVerdict real) {
        element("h2", "The kernel of the machine, " + ExplanationText.release());
        page.append("<table>");
        row("predicted", explanation.linux().label());
        row("real", real.decision().label());
        row("", explanation.kernelAgrees() ? "they agree" : "they disagree");
        real.evidence().forEach(sentence -> row("seen", sentence));
        real.log().forEach(message -> row("log", message));
        page.append("</table>\n");
    }

    private void rule(Rule.Outcome outcome, String sentence, String seen, String source) {
        String words = outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        page.append("<tr class=\"").append(word(words)).append("\">");
        element("td", words);
        element("td", sentence);
        element("td", seen);
        element("td", source);
        page.append("</tr>\n");
    }

    private void row(String name, String value) {
        page.append("<tr>");
        element("th", name);
        element("td", value);
        page.append("</tr>\n");
    }

    /** A class name: the words of a verdict are ours, and have spaces at most. */
    private static String word(String label) {
        return label.replace(' ', '-');
    }

    private void element(String tag, String words) {
        page.append('<').append(tag).append('>');
        text(words);
        page.append("</").append(tag).append(">");
    }

    private void text(String words) {
        page.append(Html.escaped(words));
    }

    private static String style() {
        try (InputStream css = ExplanationPage.class.getResourceAsStream("explain.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException("reading explain.css from the cli jar", cause);
        }
    }
}
