package org.jvirtio.cli.explain;

import java.util.List;
import org.jvirtio.lab.peers.KernelVerdict;
import org.jvirtio.lab.picture.BarPictures;
import org.jvirtio.lab.picture.ConfigGroups;
import org.jvirtio.page.BarPicture;
import org.jvirtio.page.Markup;
import org.jvirtio.page.RuleTree;
import org.jvirtio.pci.DecodedText;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.VirtioLayout;

/**
 * What a page says of one function: result, bytes, BARs, choice, other drivers, the kernel. Every
 * page that shows a function shows it by these.
 */
public final class ExplanationSections {

    private final Markup page;
    private final Explanation explanation;

    public ExplanationSections(Markup page, Explanation explanation) {
        this.page = page;
        this.explanation = explanation;
    }

    /** All of them, each under a heading. */
    public void all() {
        result();
        page.element("h2", "The bytes");
        bytes();
        page.element("h2", "The BARs");
        bars();
        page.element("h2", "The choice, rule by rule");
        choice();
        peers();
        explanation.kernel().ifPresent(this::kernel);
        page.element("h2", "The configuration space in words").open("pre", "tabindex", "0");
        String words = String.join("\n", DecodedText.lines(explanation.decoded()));
        page.lines(words.replace("\t", "    ")).close();
    }

    /** Identity, policy and layout with its windows. */
    public void result() {
        LayoutChoice choice = explanation.choice();
        page.open("table");
        row("identity", choice.identity() + ": " + choice.identity().reason());
        explanation.path().ifPresent(path -> path.lines().forEach(line -> row("vfio", line)));
        row("policy", choice.policy().toString());
        choice.notes().forEach(note -> row("note", note));
        row("layout", choice.layout().map(VirtioLayout::label).orElse("none"));
        choice.layout()
                .ifPresent(
                        layout ->
                                NamedWindow.of(layout)
                                        .forEach(w -> row(w.name(), w.window().toString())));
        page.close();
    }

    /** The configuration space, coloured. */
    public void bytes() {
        ConfigGroups.dump(explanation.bytes(), explanation.bars(), explanation.capabilities())
                .write(page);
    }

    /** The BARs to scale. */
    public void bars() {
        List<BarPicture> pictures =
                BarPictures.of(
                        explanation.bars(), explanation.layouts(), explanation.capabilities());
        if (pictures.isEmpty()) {
            page.element(
                    "p",
                    "How long they are is unknown: only writing to them would tell, and this only"
                            + " looks at what is there.");
        }
        pictures.forEach(picture -> picture.write(page));
    }

    /** The rules as a tree. */
    public void choice() {
        RuleTree.write(page, ChoiceTree.of(explanation));
    }

    private void peers() {
        if (explanation.verdicts().isEmpty()) {
            return;
        }
        page.element("h2", "What other drivers do with these bytes");
        RuleTree.write(page, explanation.verdicts().stream().map(ChoiceTree::peer).toList());
        page.open("details").element("summary", "where that was read");
        explanation.verdicts().stream()
                .flatMap(verdict -> verdict.files().stream())
                .distinct()
                .forEach(file -> page.element("p", "Read in " + file + "."));
        page.close();
    }

    private void kernel(KernelVerdict real) {
        page.element("h2", "The kernel of the machine, " + ExplanationText.release());
        page.open("table");
        row("predicted", explanation.linux().label());
        row("real", real.decision().label());
        row("", explanation.kernelAgrees() ? "they agree" : "they disagree");
        real.evidence().forEach(sentence -> row("seen", sentence));
        real.log().forEach(message -> row("log", message));
        page.close();
    }

    private void row(String name, String value) {
        page.open("tr").element("th", name).element("td", value).close();
    }
}
