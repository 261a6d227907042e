package org.jvirtio.lab.overlay;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.lab.overlay.Edit.BarEdit;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Window;

/** The BARs behind a mask, and the way back from one of them to the real one. */
final class ShownBars {

    private final String name;
    private final List<Bar> real;
    private final List<BarEdit> edits;

    ShownBars(String name, List<Bar> real, List<BarEdit> edits) {
        this.name = name;
        this.real = List.copyOf(real);
        this.edits = edits;
    }

    List<Bar> bars() {
        List<Bar> bars = new ArrayList<>(real);
        for (BarEdit edit : edits) {
            switch (edit.kind()) {
                case HIDE -> bars.removeIf(bar -> bar.index() == edit.index());
                case LENGTH, IO, MEMORY ->
                        bars.replaceAll(
                                bar -> bar.index() == edit.index() ? edited(bar, edit) : bar);
                case REFUSE -> {}
            }
        }
        return List.copyOf(bars);
    }

    private static Bar edited(Bar bar, BarEdit edit) {
        Bar.Space space =
                switch (edit.kind()) {
                    case IO -> Bar.Space.IO;
                    case MEMORY -> Bar.Space.MEMORY;
                    default -> bar.space();
                };
        long length = edit.kind() == BarEdit.Kind.LENGTH ? edit.length() : bar.length();
        return new Bar(bar.index(), space, bar.wide(), bar.prefetchable(), bar.address(), length);
    }

    /**
     * The window of the real BAR behind one that is shown.
     *
     * @throws EnvironmentException if the mask refuses it, or shows more than there is
     */
    Window real(Window shown) {
        Bar bar =
                real.stream()
                        .filter(candidate -> candidate.index() == shown.bar().index())
                        .findFirst()
                        .orElseThrow(() -> refused(shown, "there is no such BAR"));
        boolean refused =
                edits.stream()
                        .anyMatch(
                                edit ->
                                        edit.kind() == BarEdit.Kind.REFUSE
                                                && edit.index() == bar.index());
        if (refused) {
            throw refused(shown, "the overlay refuses it");
        }
        if (bar.lengthKnown() && shown.length() > bar.length() - shown.offset()) {
            throw refused(shown, String.format("the real BAR has 0x%x bytes", bar.length()));
        }
        return new Window(bar, shown.offset(), shown.length());
    }

    private EnvironmentException refused(Window window, String why) {
        return new EnvironmentException(
                String.format(
                        "Opening %s of %s: %s. Take the overlay off, or choose another layout.",
                        window, name, why));
    }
}
