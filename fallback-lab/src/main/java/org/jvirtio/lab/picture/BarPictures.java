package org.jvirtio.lab.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.page.BarPicture;
import org.jvirtio.page.BarPiece;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.VirtioLayout;

/** Each BAR of known length with the windows of the layouts that lie in it, and MSI-X. */
public final class BarPictures {

    private BarPictures() {}

    /** One picture for each of {@code bars}. */
    public static List<BarPicture> of(
            List<Bar> bars, List<VirtioLayout> layouts, CapabilityList capabilities) {
        return bars.stream()
                .filter(Bar::lengthKnown)
                .map(
                        bar ->
                                new BarPicture(
                                        bar.toString(),
                                        bar.length(),
                                        pieces(bar, layouts, capabilities)))
                .toList();
    }

    /** What lies in one BAR, layout by layout. */
    public static List<BarPiece> pieces(
            Bar bar, List<VirtioLayout> layouts, CapabilityList capabilities) {
        List<BarPiece> pieces = new ArrayList<>();
        layouts.forEach(layout -> windows(layout, bar, pieces));
        Optional<MsixCapability> msix = capabilities.first(MsixCapability.class);
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
            pieces.add(
                    new BarPiece(
                            "MSI-X", "pending bits", msix.pendingOffset(), msix.pendingLength()));
        }
    }
}
