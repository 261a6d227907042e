package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jvirtio.Register;
import org.jvirtio.lab.trace.RuleVerdict.DoesNotApply;
import org.jvirtio.lab.trace.RuleVerdict.Holds;
import org.jvirtio.lab.trace.RuleVerdict.Violated;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.transport.CommonRegister;

/**
 * How the device configuration is read where one access is not enough: a field of 64 bits, or
 * several fields, which a device may change between two accesses (virtio 1.4 section 2.5).
 *
 * <pre>
 *   new layouts   generation | reads ... | generation
 *   legacy        reads ... | the same reads again, until two agree
 * </pre>
 */
final class ConsistentReads {

    private ConsistentReads() {}

    static RuleVerdict underOneGeneration(NamedTrace trace) {
        List<NamedAccess> accesses = ofLayout(trace, kind -> kind != LayoutKind.LEGACY);
        int groups = 0;
        for (Group group : groups(accesses)) {
            if (!group.needsCare()) {
                continue;
            }
            groups++;
            NamedAccess before = at(accesses, group.from() - 1);
            NamedAccess after = at(accesses, group.to());
            if (!isGeneration(before) || !isGeneration(after)) {
                return new Violated(
                        group.first().index(),
                        group.first() + ": config_generation is not read right before and after");
            }
            if (before.value() != after.value() && !isConfigRead(next(accesses, group))) {
                return new Violated(
                        after.index(),
                        after + ": the generation changed and nothing is read again");
            }
        }
        return verdict(groups);
    }

    static RuleVerdict untilTwoAgree(NamedTrace trace) {
        int groups = 0;
        for (Group group : groups(ofLayout(trace, kind -> kind == LayoutKind.LEGACY))) {
            if (group.needsCare()) {
                groups++;
                for (NamedAccess access : group.reads()) {
                    if (!group.endsAgreed(access)) {
                        return new Violated(
                                access.index(),
                                access + ": its last two readings in a row are not equal");
                    }
                }
            }
        }
        return verdict(groups);
    }

    private static RuleVerdict verdict(int groups) {
        return groups > 0
                ? new Holds(groups)
                : new DoesNotApply("no field of 64 bits, and no two fields together, are read");
    }

    /** Accesses to one kind of layout; what leads to PCI_CFG is in between and does not count. */
    private static List<NamedAccess> ofLayout(NamedTrace trace, Predicate<LayoutKind> which) {
        return trace.accesses().stream()
                .filter(access -> access.layout().filter(which).isPresent())
                .toList();
    }

    /** Reads of the device configuration in a row: {@code from} inclusive, {@code to} exclusive. */
    private record Group(int from, int to, List<NamedAccess> reads) {

        NamedAccess first() {
            return reads.get(0);
        }

        boolean needsCare() {
            long fields = reads.stream().map(NamedAccess::register).distinct().count();
            boolean wide =
                    reads.stream().anyMatch(a -> a.register().map(Register::width).orElse(0) == 8);
            return wide || fields > 1;
        }

        boolean endsAgreed(NamedAccess access) {
            Map<Long, List<Integer>> byPlace = new HashMap<>();
            for (NamedAccess read : reads) {
                byPlace.computeIfAbsent(read.access().offset(), place -> new ArrayList<>())
                        .add(read.value());
            }
            List<Integer> values = byPlace.get(access.access().offset());
            int count = values.size();
            return count > 1 && values.get(count - 1).equals(values.get(count - 2));
        }
    }

    private static List<Group> groups(List<NamedAccess> accesses) {
        List<Group> groups = new ArrayList<>();
        int from = 0;
        while (from < accesses.size()) {
            int to = from;
            while (to < accesses.size() && isConfigRead(accesses.get(to))) {
                to++;
            }
            if (to > from) {
                groups.add(new Group(from, to, accesses.subList(from, to)));
            }
            from = to + 1;
        }
        return groups;
    }

    /** What follows a group and the generation that ends it, and the one that begins the next. */
    private static NamedAccess next(List<NamedAccess> accesses, Group group) {
        NamedAccess after = at(accesses, group.to() + 1);
        return isGeneration(after) ? at(accesses, group.to() + 2) : after;
    }

    private static NamedAccess at(List<NamedAccess> accesses, int index) {
        return index < 0 || index >= accesses.size() ? null : accesses.get(index);
    }

    private static boolean isGeneration(NamedAccess access) {
        return access != null && access.isRead() && access.is(CommonRegister.CONFIG_GENERATION);
    }

    private static boolean isConfigRead(NamedAccess access) {
        return access != null && access.isRead() && access.isIn(Kind.DEVICE_CONFIG);
    }
}
