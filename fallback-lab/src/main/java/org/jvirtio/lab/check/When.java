package org.jvirtio.lab.check;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.pci.VirtioLayout;

/** The conditions under which a row applies; elsewhere its check is skipped, and says why. */
final class When {

    private When() {}

    private static Check under(
            Predicate<Facts> condition, Function<Facts, String> reason, Check check) {
        return new Check() {
            @Override
            public Finding on(Bench bench) {
                return check.on(bench);
            }

            @Override
            public Optional<String> inapplicable(Facts facts) {
                return condition.test(facts)
                        ? check.inapplicable(facts)
                        : Optional.of(reason.apply(facts));
            }

            @Override
            public boolean isEverTried() {
                return check.isEverTried();
            }
        };
    }

    /** A row that nobody outside the device can decide. */
    static Check never(String reason) {
        return new Check() {
            @Override
            public Finding on(Bench bench) {
                return Finding.skip("%s", reason);
            }

            @Override
            public Optional<String> inapplicable(Facts facts) {
                return Optional.of(reason);
            }

            @Override
            public boolean isEverTried() {
                return false;
            }
        };
    }

    /**
     * A row of a feature for which there is no driver on this bench.
     *
     * @param reason why its check would need more than is here
     */
    static Check undecided(Feature feature, String reason) {
        return offered(feature, never(feature + " is offered, but " + reason));
    }

    static Check offered(Feature feature, Check check) {
        return under(
                facts -> facts.offered().has(feature), facts -> feature + " is not offered", check);
    }

    static Check legacy(Check check) {
        return under(Facts::isLegacy, facts -> "it asks something of the legacy layout", check);
    }

    /** A device whose id says that it has the legacy layout, whichever it is driven by. */
    static Check owingLegacy(Check check) {
        return under(
                Facts::owesLegacy,
                facts -> "the device need not have a legacy layout: " + facts.identity(),
                check);
    }

    /** Both new layouts. */
    static Check modern(Check check) {
        return under(
                facts -> !facts.isLegacy(),
                facts -> "the legacy layout has nothing of the kind",
                check);
    }

    static Check virtio1(Check check) {
        return under(
                facts -> facts.layout() instanceof VirtioLayout.Virtio1,
                facts -> "it asks something of virtio 1.x capabilities",
                check);
    }

    static Check registerSet(Check check) {
        return under(
                facts -> facts.layout() instanceof VirtioLayout.RegisterSets,
                facts -> "it asks something of the register sets",
                check);
    }

    static Check type(DeviceType type, Check check) {
        return under(
                facts -> facts.is(type),
                facts -> "it asks something of " + type.label() + " devices",
                check);
    }

    /** A device with the id of a legacy one and a new layout. */
    static Check transitional(Check check) {
        return under(
                Facts::isTransitional,
                facts -> "the device is not transitional: " + facts.identity(),
                check);
    }

    static Check nonTransitional(Check check) {
        return under(
                facts -> !facts.hasLegacy(),
                facts -> "the device has a legacy layout: " + facts.identity(),
                check);
    }
}
