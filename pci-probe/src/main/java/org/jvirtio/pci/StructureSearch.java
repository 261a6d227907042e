package org.jvirtio.pci;

import java.util.List;
import java.util.Optional;

/**
 * Looks for the first usable capability of one structure type (virtio 1.4 section 4.1.4.1). Three
 * ends: a window; nothing that describes the structure; something that does, and wrongly.
 */
final class StructureSearch {

    private static final String SELECTION = "virtio 1.4 section 4.1.4.1";

    private final FunctionFacts facts;
    private final StructureNeeds needs;
    private final Checks checks;
    private VirtioCapability found;
    private Window window;
    private Words failure;

    StructureSearch(FunctionFacts facts, StructureNeeds needs, Checks checks) {
        this.facts = facts;
        this.needs = needs;
        this.checks = checks;
        List<Capability> capabilities = facts.capabilities().capabilities();
        for (int i = 0; i < capabilities.size(); i++) {
            if (capabilities.get(i) instanceof VirtioCapability virtio) {
                if (virtio.type() == needs.type()) {
                    consider(virtio);
                }
            } else if (capabilities.get(i) instanceof MalformedCapability malformed
                    && malformed.claims(needs.type())) {
                refuse(malformed);
            }
        }
    }

    Optional<Window> window() {
        return Optional.ofNullable(window);
    }

    /** The capability that {@link #window} came from. */
    Optional<VirtioCapability> found() {
        return Optional.ofNullable(found);
    }

    /** Why the capabilities there are cannot be used; empty if there are none, or one is used. */
    Optional<Words> failure() {
        return window != null ? Optional.empty() : Optional.ofNullable(failure);
    }

    private void refuse(MalformedCapability malformed) {
        turnTo(malformed);
        checks.require(
                false,
                "cap_len covers the structure and stays inside the configuration space",
                "virtio 1.4 section 4.1.4.2",
                Words.of(malformed.reason()));
        unusable(malformed);
    }

    private void consider(VirtioCapability capability) {
        turnTo(capability);
        if (window != null) {
            checks.conclude(Words.of("listed only: ", found.where(), " comes first"));
        } else if (isReserved(capability)) {
            checks.conclude(Words.of("ignored, as if it were not there"));
        } else if (fits(capability)) {
            found = capability;
            checks.conclude(Words.of("used: ", window));
        } else {
            unusable(capability);
        }
    }

    private void unusable(Capability capability) {
        if (failure == null) {
            failure = Words.of(capability.where(), ": ", checks.failure());
        }
        checks.conclude(Words.of("not usable"));
    }

    private void turnTo(Capability capability) {
        checks.on(Words.of(capability.where(), ", bytes ", capability.bytes()));
    }

    private boolean isReserved(VirtioCapability capability) {
        return !checks.require(
                capability.bar() <= 5,
                "its BAR is 0 to 5; a capability with another one is ignored",
                SELECTION,
                Words.of("bar ", capability.bar()));
    }

    private boolean fits(VirtioCapability capability) {
        return WindowRules.implemented(checks, facts, capability.bar())
                && isLongEnough(capability)
                && isAligned(capability)
                && doorbellsAreEven(capability)
                && lies(capability, facts.bar(capability.bar()).orElseThrow());
    }

    private boolean isLongEnough(VirtioCapability capability) {
        return checks.require(
                capability.length() >= needs.least(),
                needs.longEnough(),
                needs.type().source(),
                Words.of("length ", HexNumber.of(capability.length())));
    }

    private boolean isAligned(VirtioCapability capability) {
        return needs.alignment() == 1
                || checks.require(
                        capability.offset() % needs.alignment() == 0,
                        needs.aligned(),
                        needs.source(),
                        Words.of("offset ", HexNumber.of(capability.offset())));
    }

    private boolean doorbellsAreEven(VirtioCapability capability) {
        if (needs != StructureNeeds.NOTIFY) {
            return true;
        }
        long stride = capability.notifyOffMultiplier();
        Words seen = Words.of("notify_off_multiplier ", stride);
        if (Long.bitCount(stride) > 1) {
            checks.note("notify_off_multiplier is 0 or a power of two", needs.source(), seen);
        }
        return checks.require(
                stride % 2 == 0, "notify_off_multiplier is even", needs.source(), seen);
    }

    private long used(VirtioCapability capability, Bar bar, long rest) {
        long length = Math.min(capability.length(), needs.most());
        boolean cut = rest >= needs.least() && length > bar.length();
        return bar.lengthKnown() && cut ? rest : length;
    }

    /** Only what is needed has to be there: a longer length is legal and is cut (4.1.4.1). */
    private boolean lies(VirtioCapability capability, Bar bar) {
        long rest = bar.length() - capability.offset();
        long length = used(capability, bar, rest);
        if (!WindowRules.inside(checks, bar, capability.offset(), length)) {
            return false;
        }
        if (bar.lengthKnown() && capability.length() > rest) {
            checks.note(
                    "all of its length lies inside the BAR",
                    SELECTION,
                    Words.of(
                            "length ",
                            HexNumber.of(capability.length()),
                            ", of which ",
                            HexNumber.of(length),
                            " are used"));
        }
        window = new Window(bar, capability.offset(), length);
        return true;
    }
}
