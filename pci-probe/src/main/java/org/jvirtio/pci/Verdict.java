package org.jvirtio.pci;

import java.util.Locale;

/** How a candidate ended. */
public enum Verdict {
    /** Its windows are the layout. */
    CHOSEN,
    /** The function does not describe it; the next one is tried. */
    ABSENT,
    /** The function describes it, and wrongly; the choice ends here, a lenient one goes on. */
    BROKEN,
    /** The policy leaves it out; it was looked at for the explanation only. */
    NOT_PERMITTED,
    /** The choice was made, or refused, before its turn. */
    NOT_TRIED;

    /** {@code not permitted}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
