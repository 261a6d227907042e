package org.jvirtio.lab.overlay;

import java.util.Arrays;
import java.util.List;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.lab.overlay.Edit.ConfigEdit;
import org.jvirtio.lab.overlay.Edit.ListEdit;
import org.jvirtio.pci.ConfigRegister;

/**
 * The configuration space behind a mask: bytes that were edited are answered from here, all others
 * are the function's, at the moment they are read. Writes reach the function as they are; bytes
 * that were edited go on being shown as edited.
 */
final class ShownConfig implements Registers {

    static final List<Field> HEADER = Field.of(ConfigRegister.values());

    /** Capabilities are below; what lies beyond has a list of its own. */
    private static final int AREA_END = 256;

    private static final int ABSENT = -1;

    private static final int NEXT = 1;

    /** Of a pointer in the list (PCI Local Bus 3.0 section 6.7). */
    private static final int POINTER_MASK = 0xfc;

    private final String name;
    private final Registers config;
    private final int[] shown = new int[AREA_END];
    private long changed;

    ShownConfig(String name, Registers config) {
        this.name = name;
        this.config = config;
        Arrays.fill(shown, ABSENT);
    }

    void make(ConfigEdit edit) {
        Field field = edit.field();
        int start = edit.capability().map(this::find).orElse(0) + field.offset();
        for (int i = 0; i < field.width(); i++) {
            show(start + i, edit.change().apply(i, at(start + i), 0));
        }
    }

    void make(ListEdit edit) {
        int place = find(edit.capability());
        switch (edit.step()) {
            case HIDE -> show(linkTo(place), at(place + NEXT));
            case LOOP -> show(place + NEXT, at(ConfigRegister.CAPABILITIES_POINTER.offset()));
            case COPY -> {
                int copy = copy(edit, place);
                show(copy + NEXT, at(place + NEXT));
                show(place + NEXT, copy);
            }
            case MOVE -> {
                int link = linkTo(place);
                int copy = copy(edit, place);
                show(copy + NEXT, at(place + NEXT));
                show(link, copy);
            }
        }
    }

    /** Where the first capability of that name starts. */
    private int find(CapabilityName capability) {
        for (int place = first(), step = 0; isPlace(place) && step < AREA_END; step++) {
            if (capability.isAt(this::at, place)) {
                return place;
            }
            place = at(place + NEXT) & POINTER_MASK;
        }
        throw new LayoutException(
                String.format(
                        "Laying an overlay over %s: the overlay is about its %s capability, and it"
                                + " has none (any more). Name a function that has one, or another"
                                + " overlay.",
                        name, capability));
    }

    private int first() {
        return at(ConfigRegister.CAPABILITIES_POINTER.offset()) & POINTER_MASK;
    }

    private static boolean isPlace(int place) {
        return place >= ConfigRegister.HEADER_LENGTH;
    }

    /** Where the byte is that leads to this capability. */
    private int linkTo(int place) {
        int link = ConfigRegister.CAPABILITIES_POINTER.offset();
        for (int at = first(); at != place; at = at(at + NEXT) & POINTER_MASK) {
            link = at + NEXT;
        }
        return link;
    }

    /** As much of the capability as there is room for; what is behind the end is lost. */
    private int copy(ListEdit edit, int place) {
        int length = edit.capability().length(this::at, place);
        int to = edit.to().orElseGet(() -> room(edit.capability(), length));
        for (int i = 0; i < length && to + i < AREA_END; i++) {
            show(to + i, at(place + i));
        }
        return to;
    }

    /** Behind everything that is in the list; the longest capabilities are those of PCI Express. */
    private int room(CapabilityName capability, int length) {
        int last = ConfigRegister.HEADER_LENGTH;
        for (int place = first(), step = 0; isPlace(place) && step < AREA_END; step++) {
            last = Math.max(last, place + lengthAt(place));
            place = at(place + NEXT) & POINTER_MASK;
        }
        int room = (last + 3) & ~3;
        if (room > AREA_END - length) {
            throw new LayoutException(
                    String.format(
                            "Laying an overlay over %s: there is no room for %d bytes behind its"
                                    + " last capability, which ends at 0x%x. Say where the %s goes:"
                                    + " to OFFSET.",
                            name, length, last, capability));
        }
        return room;
    }

    /** Bytes of the capability there; of an unknown one, as many as the longest has. */
    private int lengthAt(int place) {
        for (CapabilityName known : CapabilityName.values()) {
            if (known.isAt(this::at, place)) {
                return known.length(this::at, place);
            }
        }
        return CapabilityName.LONGEST;
    }

    private void show(int offset, int value) {
        if (offset < AREA_END) {
            shown[offset] = value & 0xff;
        }
    }

    private int at(int offset) {
        if (offset >= AREA_END || offset >= config.length()) {
            return 0;
        }
        return shown[offset] != ABSENT ? shown[offset] : config.read8(offset);
    }

    @Override
    public long length() {
        return config.length();
    }

    @Override
    public int read8(int offset) {
        return masked(offset, 1, config.read8(offset));
    }

    @Override
    public int read16(int offset) {
        return masked(offset, 2, config.read16(offset));
    }

    @Override
    public int read32(int offset) {
        return masked(offset, 4, config.read32(offset));
    }

    @Override
    public void write8(int offset, int value) {
        config.write8(offset, value);
    }

    @Override
    public void write16(int offset, int value) {
        config.write16(offset, value);
    }

    @Override
    public void write32(int offset, int value) {
        config.write32(offset, value);
    }

    /** How many answers were not the function's. */
    long changed() {
        return changed;
    }

    private int masked(int offset, int width, int truth) {
        int answer = truth;
        for (int i = 0; i < width && offset + i < AREA_END; i++) {
            if (shown[offset + i] != ABSENT) {
                int shift = Byte.SIZE * i;
                answer = (answer & ~(0xff << shift)) | shown[offset + i] << shift;
            }
        }
        changed += answer == truth ? 0 : 1;
        return answer;
    }
}
