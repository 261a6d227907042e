package org.jvirtio.lab.matrix;

import java.util.List;

/** Which layouts a function shows: what a hypervisor is configured to, or the mail describes. */
public enum ShownLayout {
    LEGACY("legacy", ShownLayout.LEGACY_HALF),
    REGISTER_SET("register-set", ShownLayout.SETS),
    VIRTIO1("virtio1", ShownLayout.STRUCTURES),
    TRANSITIONAL("transitional", ShownLayout.LEGACY_HALF, ShownLayout.STRUCTURES),
    MAIL_TRANSITIONAL("mail-transitional", ShownLayout.LEGACY_HALF, ShownLayout.SETS),
    MAIL_FAST_ISR("mail-fast-isr", ShownLayout.SETS),
    MAIL_SLOW_ISR("mail-slow-isr", ShownLayout.SETS),
    BOTH_NEW("register-set+virtio1", ShownLayout.SETS, ShownLayout.STRUCTURES),
    ALL_THREE(
            "legacy+register-set+virtio1",
            ShownLayout.LEGACY_HALF,
            ShownLayout.SETS,
            ShownLayout.STRUCTURES),
    /** Its common structure is too short: present but broken, which is where policies differ. */
    TRANSITIONAL_BROKEN("transitional-broken", ShownLayout.LEGACY_HALF, ShownLayout.STRUCTURES);

    static final String LEGACY_HALF = "legacy";
    static final String SETS = "register-set";
    static final String STRUCTURES = "virtio1";

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is as immutable as it gets
    private final List<String> halves;

    ShownLayout(String label, String... halves) {
        this.label = label;
        this.halves = List.of(halves);
    }

    public String label() {
        return label;
    }

    /** The labels of the layouts that it shows. */
    List<String> halves() {
        return halves;
    }

    boolean shows(String half) {
        return halves.contains(half);
    }

    /** True if it shows this half, and nobody could use it. */
    boolean isBroken(String half) {
        return this == TRANSITIONAL_BROKEN && half.equals(STRUCTURES);
    }

    /** True for the two devices of the mail that have no MSI-X table. */
    boolean lacksMsix() {
        return this == MAIL_FAST_ISR || this == MAIL_SLOW_ISR;
    }

    /** True for what QEMU can be told to make. */
    public boolean isMadeByQemu() {
        return this == LEGACY || this == VIRTIO1 || this == TRANSITIONAL;
    }
}
