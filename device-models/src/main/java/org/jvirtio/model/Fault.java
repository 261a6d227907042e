package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;

/** What a function does wrong on purpose, so that one can see what a driver makes of it. */
public enum Fault {
    /** Nothing. */
    NONE("none"),
    /** From DRIVER_OK on, writing 0 to the status resets nothing (virtio 1.4 section 2.4). */
    STUCK_RESET("stuck-reset"),
    /** The first doorbell makes the device ask for a reset (section 2.1.2). */
    NEEDS_RESET("needs-reset"),
    /** The COMMON_CFG capability names fewer bytes than its structure has (section 4.1.4.3). */
    SHORT_COMMON("short-common");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** What people type after {@code fault=}. */
    public String label() {
        return label;
    }

    static Fault parse(String text) {
        List<String> labels = new ArrayList<>();
        for (Fault fault : values()) {
            if (fault.label.equals(text)) {
                return fault;
            }
            labels.add(fault.label);
        }
        throw new IllegalArgumentException(
                String.format(
                        "setting fault=%s: there is no such fault. Use one of %s.",
                        text, String.join(", ", labels)));
    }
}
