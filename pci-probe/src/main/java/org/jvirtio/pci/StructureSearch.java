package org.jvirtio.pci;

import java.util.ArrayList;
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
    private final List<Evidence> evidence = new ArrayList<>();
    private VirtioCapability found;
    private Window window;
    private String failure = "";

    StructureSearch(FunctionFacts facts, StructureNeeds needs) {
        this.facts = facts;
        this.needs = needs;
        for (Capability capability : facts.capabilities().capabilities()) {
            if (capability instanceof VirtioCapability virtio && virtio.type() == needs.type()) {
                consider(virtio);
            } else if (capability instanceof MalformedCapability malformed
                    && malformed.claimedType().filter(needs.type()::equals).isPresent()) {
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
    Optional<String> failure() {
        return window != null || failure.isEmpty() ? Optional.empty() : Optional.of(failure);
    }

    List<Evidence> evidence() {
        return evidence;
    }

    private void refuse(MalformedCapability malformed) {
        Checks checks = new Checks(subject(malformed));
        checks.require(
                false,
                "cap_len covers the structure and stays inside the configuration space",
                "virtio 1.4 section 4.1.4.2",
                malformed.reason());
        unusable(malformed, checks);
    }

    private void consider(VirtioCapability capability) {
        Checks checks = new Checks(subject(capability));
        if (window != null) {
            evidence.add(checks.conclude("listed only: " + found.place() + " comes first"));
        } else if (isReserved(capability, checks)) {
            evidence.add(checks.conclude("ignored, as if it were not there"));
        } else if (fits(capability, checks)) {
            found = capability;
            evidence.add(checks.conclude("used: " + window));
        } else {
            unusable(capability, checks);
        }
    }

    private void unusable(Capability capability, Checks checks) {
        if (failure.isEmpty()) {
            failure = capability.place() + ": " + checks.failure();
        }
        evidence.add(checks.conclude("not usable"));
    }

    private static String subject(Capability capability) {
        return capability.place() + ", bytes " + capability.bytes().hex();
    }

    private static boolean isReserved(VirtioCapability capability, Checks checks) {
        return !checks.require(
                capability.bar() <= 5,
                "its BAR is 0 to 5; a capability with another one is ignored",
                SELECTION,
                "bar " + capability.bar());
    }

    private boolean fits(VirtioCapability capability, Checks checks) {
        return WindowRules.implemented(checks, facts, capability.bar())
                && isLongEnough(capability, checks)
                && WindowRules.aligned(
                        checks, capability.offset(), needs.alignment(), needs.source())
                && doorbellsAreEven(capability, checks)
                && lies(capability, facts.bar(capability.bar()).orElseThrow(), checks);
    }

    private boolean isLongEnough(VirtioCapability capability, Checks checks) {
        return checks.require(
                capability.length() >= needs.least(),
                "it has at least " + needs.least() + " bytes",
                needs.type().source(),
                "length " + Hex.of(capability.length()));
    }

    private boolean doorbellsAreEven(VirtioCapability capability, Checks checks) {
        long stride = capability.notifyOffMultiplier();
        String seen = "notify_off_multiplier " + stride;
        checks.expect(
                Long.bitCount(stride) <= 1,
                "notify_off_multiplier is 0 or a power of two",
                needs.source(),
                () -> seen);
        return needs != StructureNeeds.NOTIFY
                || checks.require(
                        stride % 2 == 0, "notify_off_multiplier is even", needs.source(), seen);
    }

    private long used(VirtioCapability capability, Bar bar, long rest) {
        long length = Math.min(capability.length(), needs.most());
        return bar.lengthKnown() && rest > 0 && length > bar.length() ? rest : length;
    }

    /** Only what is needed has to be there: a longer length is legal and is cut (4.1.4.1). */
    private boolean lies(VirtioCapability capability, Bar bar, Checks checks) {
        long rest = bar.length() - capability.offset();
        long length = used(capability, bar, rest);
        if (!WindowRules.inside(checks, bar, capability.offset(), length)) {
            return false;
        }
        checks.expect(
                !bar.lengthKnown() || capability.length() <= rest,
                "all of its length lies inside the BAR",
                SELECTION,
                () ->
                        "length "
                                + Hex.of(capability.length())
                                + ", of which "
                                + Hex.of(length)
                                + " are used");
        window = new Window(bar, capability.offset(), length);
        return true;
    }
}
