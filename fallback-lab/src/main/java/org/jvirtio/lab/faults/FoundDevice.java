package org.jvirtio.lab.faults;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jvirtio.DeviceType;
import org.jvirtio.lab.matrix.FoundLayouts;
import org.jvirtio.lab.overlay.Overlays;
import org.jvirtio.pci.PciFunction;

/**
 * A function that somebody named, and what of the table of real faults can be tried on it.
 *
 * @param reach in the ids of its cases: {@code vfio}
 * @param opener takes it for driving until it is closed, each time anew
 * @param command what people type before an id to try it again
 */
public record FoundDevice(
        String reach,
        DeviceType type,
        FoundLayouts shown,
        Supplier<PciFunction> opener,
        String command) {

    /** Of those that can work alone; what a network sends, nobody here gives back. */
    private static final List<DeviceType> EXERCISED =
            List.of(DeviceType.ENTROPY, DeviceType.BLOCK, DeviceType.CONSOLE);

    /** Why an injection cannot be tried here; empty if it can. */
    Optional<String> obstacle(Injection injection) {
        if (!EXERCISED.contains(type)) {
            return Optional.of(
                    "a "
                            + type.label()
                            + " device does nothing alone that could be checked; name one of "
                            + EXERCISED.stream().map(DeviceType::label).toList());
        }
        if (!type.label().equals(injection.deviceWord()) && isOfOneType(injection)) {
            return Optional.of(
                    "this fault is about the configuration of a " + injection.deviceWord());
        }
        if (policy(injection).isEmpty()) {
            return Optional.of(
                    "this function shows "
                            + shown.label()
                            + ", and the fault is one of "
                            + injection.device());
        }
        return Optional.empty();
    }

    private static boolean isOfOneType(Injection injection) {
        return !injection.overlay().isEmpty()
                && Overlays.ready(injection.overlay()).isAboutDeviceConfig();
    }

    /** The same injection into this function. */
    Injection here(Injection injection) {
        Work alone = injection.work().onItsOwn();
        Work work = type == DeviceType.BLOCK ? alone : alone.withAnyData();
        return injection
                .at(reach)
                .into(
                        type.label() + ",layout=" + shown.label(),
                        policy(injection).orElseThrow(),
                        work);
    }

    /** The policy under which this function is what the injection is meant for, without its own. */
    String usualPolicy(Injection injection) {
        return isWhole(injection) ? Injection.USUAL_POLICY : injection.layoutWord();
    }

    /** A function of several layouts stands for each of them under the policy of that one. */
    private Optional<String> policy(Injection injection) {
        if (isWhole(injection)) {
            return Optional.of(injection.policy());
        }
        String half = injection.layoutWord();
        boolean isHalf = shown.halves().contains(half) && !shown.isBroken(half);
        return isHalf && injection.policy().equals(Injection.USUAL_POLICY)
                ? Optional.of(half)
                : Optional.empty();
    }

    private boolean isWhole(Injection injection) {
        return shown.label().equals(injection.layoutWord());
    }
}
