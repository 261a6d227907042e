package org.jvirtio.lab.overlay;

import java.util.List;
import org.jvirtio.lab.overlay.Edit.RegisterEdit;
import org.jvirtio.lab.overlay.Edit.Written;

/** One register edit at work: it knows where its structure lies, and counts the reads. */
final class Lie {

    private final RegisterEdit edit;
    private final ShownWindows windows;
    private long reads;
    private long written;
    private boolean anyWritten;
    private long told;

    Lie(RegisterEdit edit, ShownWindows windows) {
        this.edit = edit;
        this.windows = windows;
    }

    /** What is answered in place of {@code truth}, for an access at a place in a BAR. */
    int answer(int bar, long place, int width, int truth) {
        long start = start(bar, place, width, edit.field());
        if (start == ShownWindows.NOWHERE) {
            return truth;
        }
        // A field of 64 bits is two reads of 32; it is read once.
        reads += place <= start ? 1 : 0;
        if (!isTime()) {
            return truth;
        }
        int answer = truth;
        for (int i = 0; i < width; i++) {
            long index = place + i - start;
            if (index >= 0 && index < edit.field().width()) {
                int shift = Byte.SIZE * i;
                int changed = edit.change().apply((int) index, truth >>> shift & 0xff, reads);
                answer = (answer & ~(0xff << shift)) | changed << shift;
            }
        }
        told += answer == truth ? 0 : 1;
        return answer;
    }

    /** How often something else than the truth was answered. */
    long told() {
        return told;
    }

    /** The driver writes; it matters if a condition is about that register. */
    void note(int bar, long place, int width, int value) {
        if (edit.when().written().isEmpty()) {
            return;
        }
        Field field = edit.when().written().get().field();
        if (start(bar, place, width, field) == place) {
            written = Integer.toUnsignedLong(value);
            anyWritten = true;
        }
    }

    private boolean isTime() {
        boolean said =
                edit.when()
                        .written()
                        .map(Written::value)
                        .map(wanted -> anyWritten && wanted == written)
                        .orElse(true);
        return said && edit.when().has(reads);
    }

    /** Where the field starts in that BAR, if the access touches it. */
    private long start(int bar, long place, int width, Field field) {
        List<Long> bases = windows.bases(edit.structure(), bar);
        for (long base : bases) {
            long start = base + field.offset();
            if (place < start + field.width() && start < place + width) {
                return start;
            }
        }
        return ShownWindows.NOWHERE;
    }
}
