package org.jvirtio.cli.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.page.BarPicture;
import org.jvirtio.page.BarPiece;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.VirtioLayout;

/** Each BAR of known length with the windows of every layout it shows, and MSI-X. */
final class BarPictures {

    private BarPictures() {}

    static List<BarPicture> of(Explanation explanation) {
        return explanation.bars().stream()
                .filter(Bar::lengthKnown)
                .map(bar -> new BarPicture(bar.toString(), bar.length(), pieces(explanation, bar)))
                .toList();
    }

    private static List<BarPiece> pieces(Explanation explanation, Bar bar) {
        List<BarPiece> pieces = new ArrayList<>();
        explanation.layouts().forEach(layout -> windows(layout, bar, pieces));
        Optional<MsixCapability> msix = explanation.capabilities().first(MsixCapability.class);
        msix.ifPresent(capability -> msix(capability, bar, pieces));
        return pieces;
    }

    private static void windows(VirtioLayout layout, Bar bar, List<BarPiece> pieces) {
        for (NamedWindow named : NamedWindow.of(layout)) {
            if (named.window().bar().index() == bar.index()) {
                pieces.add(
                        new BarPiece(
                                layout.label(),
                                named.name(),
                                named.window().offset(),
                                named.window().length()));
            }
        }
    }

    private static void msix(MsixCapability msix, Bar bar, List<BarPiece> pieces) {
        if (msix.tableBar() == bar.index()) {
            pieces.add(new BarPiece("MSI-X", "table", msix.tableOffset(), msix.tableLength()));
        }
        if (msix.pendingBar() == bar.index()) {
            pieces.add(new BarPiece("MSI-X", "PBA", msix.pendingOffset(), msix.pendingLength()));
        }
    }
}
