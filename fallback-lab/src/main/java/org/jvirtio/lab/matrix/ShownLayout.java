package org.jvirtio.lab.matrix;

import java.util.List;

/** What a hypervisor can be configured to show, or what the mail describes. */
public enum ShownLayout implements Shown {
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
    TRANSITIONAL_BROKEN("transitional-broken", ShownLayout.LEGACY_HALF, ShownLayout.STRUCTURES),
    /** Its common structure is said to be longer than its BAR, which only strict policies mind. */
    TRANSITIONAL_NOTED("transitional-noted", ShownLayout.LEGACY_HALF, ShownLayout.STRUCTURES);

    static final String LEGACY_HALF = "legacy";
    static final String SETS = "register-set";
    static final String STRUCTURES = "virtio1";

    /** The structures, reached through configuration space (section 4.1.4.9). */
    static final String THROUGH_PCI_CFG = "virtio1 through PCI_CFG";

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is as immutable as it gets
    private final List<String> halves;

    ShownLayout(String label, String... halves) {
        this.label = label;
        this.halves = List.of(halves);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<String> halves() {
        return halves;
    }

    /** Whoever shows the structures shows the window to them, too. */
    @Override
    public boolean shows(String half) {
        return halves.contains(half.equals(THROUGH_PCI_CFG) ? STRUCTURES : half);
    }

    @Override
    public boolean isBroken(String half) {
        return this == TRANSITIONAL_BROKEN && isOfStructures(half);
    }

    @Override
    public boolean isNoted(String half) {
        return this == TRANSITIONAL_NOTED && isOfStructures(half);
    }

    private static boolean isOfStructures(String half) {
        return half.equals(STRUCTURES) || half.equals(THROUGH_PCI_CFG);
    }

    /** True for the two devices of the mail that have no MSI-X table. */
    @Override
    public boolean lacksMsix() {
        return this == MAIL_FAST_ISR || this == MAIL_SLOW_ISR;
    }

    @Override
    public boolean lacksIntx() {
        return false;
    }

    /** True for what QEMU can be told to make. */
    public boolean isMadeByQemu() {
        return this == LEGACY || this == VIRTIO1 || this == TRANSITIONAL;
    }
}
