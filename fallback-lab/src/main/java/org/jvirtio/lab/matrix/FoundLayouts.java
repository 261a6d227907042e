package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.Verdict;

/**
 * What a function shows that nobody made for a cell. Each layout is looked at alone, under the
 * policy that permits nothing else; what the policies of several layouts come to is foretold from
 * that.
 *
 * @param halves the layouts that it shows, usable or not
 * @param usable those that can be used; {@code virtio1 through PCI_CFG} may be among them
 * @param broken those that it shows and that cannot be used
 * @param noted those of {@code usable} that a strict policy refuses
 */
public record FoundLayouts(
        List<String> halves,
        List<String> usable,
        List<String> broken,
        List<String> noted,
        boolean lacksMsix,
        boolean lacksIntx)
        implements Shown {

    private static final List<Policy.Order> ALONE =
            List.of(
                    Policy.Order.LEGACY,
                    Policy.Order.REGISTER_SET,
                    Policy.Order.VIRTIO1,
                    Policy.Order.PCI_CFG);

    private static final List<String> WITHOUT_WINDOW =
            List.of(ShownLayout.LEGACY_HALF, ShownLayout.SETS, ShownLayout.STRUCTURES);

    private static final List<String> TRANSITIONAL =
            List.of(ShownLayout.LEGACY_HALF, ShownLayout.STRUCTURES);

    public FoundLayouts {
        halves = List.copyOf(halves);
        usable = List.copyOf(usable);
        broken = List.copyOf(broken);
        noted = List.copyOf(noted);
    }

    /** Looks at the configuration space of a function, and nothing else. */
    public static FoundLayouts of(PciFunction function) {
        List<String> usable = alone(function, Policy.Strictness.ORDINARY, Verdict.CHOSEN);
        List<String> broken = alone(function, Policy.Strictness.ORDINARY, Verdict.BROKEN);
        List<String> strictly = alone(function, Policy.Strictness.STRICT, Verdict.CHOSEN);
        List<String> halves =
                WITHOUT_WINDOW.stream()
                        .filter(half -> usable.contains(half) || broken.contains(half))
                        .toList();
        CapabilityList capabilities = CapabilityList.of(function.config());
        return new FoundLayouts(
                halves,
                usable,
                broken,
                usable.stream().filter(half -> !strictly.contains(half)).toList(),
                capabilities.first(MsixCapability.class).isEmpty(),
                function.config().read(ConfigRegister.INTERRUPT_PIN) == 0);
    }

    /** The layouts to which a policy that permits nothing else comes with this verdict. */
    private static List<String> alone(
            PciFunction function, Policy.Strictness strictness, Verdict verdict) {
        return ALONE.stream()
                .map(order -> LayoutChoice.of(function, new Policy(order, strictness)))
                .map(choice -> choice.candidates().get(0))
                .filter(candidate -> candidate.verdict() == verdict)
                .map(candidate -> candidate.kind().label())
                .toList();
    }

    /** {@code transitional}, {@code virtio1-broken}, {@code legacy+register-set}. */
    @Override
    public String label() {
        if (halves.equals(TRANSITIONAL) && broken.isEmpty()) {
            return ShownLayout.TRANSITIONAL.label();
        }
        return halves.isEmpty()
                ? "no-layout"
                : String.join(
                        "+",
                        halves.stream()
                                .map(half -> half + (isBroken(half) ? "-broken" : ""))
                                .toList());
    }

    @Override
    public boolean shows(String half) {
        return usable.contains(half) || broken.contains(half);
    }

    @Override
    public boolean isBroken(String half) {
        return broken.contains(half);
    }

    @Override
    public boolean isNoted(String half) {
        return noted.contains(half);
    }
}
