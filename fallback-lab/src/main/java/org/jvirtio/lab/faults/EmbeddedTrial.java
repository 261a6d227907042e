package org.jvirtio.lab.faults;

import java.util.Arrays;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.overlay.Overlays;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.Fault;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

/**
 * Tries one injection: first the device without the fault, which has to work, then with it, and
 * compares with what is expected.
 */
final class EmbeddedTrial {

    /** ACKNOWLEDGE, DRIVER, DRIVER_OK and FEATURES_OK (virtio 1.4 section 2.1). */
    private static final int RUNNING = 0x0f;

    private final Injection injection;
    private final DeviceType type;

    EmbeddedTrial(Injection injection) {
        this.injection = injection;
        try (EmulatedFunction function = EmulatedDevices.parse(injection.device())) {
            this.type = DeviceIdentity.of(function.config()).type().orElseThrow();
        }
    }

    FaultCase.Ending ending() {
        Attempt clean = attempt(injection.clean(), Trial.Baseline.NONE);
        if (clean.result().seen().reaction() != Reaction.GO_ON || !clean.harm().isEmpty()) {
            return failed("it does not work without the fault: " + clean);
        }
        Attempt attempt = attempt(injection, clean.result().baseline());
        if (!attempt.harm().isEmpty()) {
            return failed(attempt.harm() + "; " + attempt.result().seen());
        }
        return judge(attempt.result().seen());
    }

    private FaultCase.Ending judge(Seen seen) {
        String told = seen.reaction().label() + ": " + seen.words();
        boolean same =
                seen.reaction() == injection.expected()
                        && seen.words().contains(injection.saying());
        if (!same) {
            return failed(told);
        }
        boolean refused = seen.reaction() == Reaction.REFUSE;
        return new FaultCase.Ending(refused ? Outcome.REJECT : Outcome.PASS, told);
    }

    private static FaultCase.Ending failed(String seen) {
        return new FaultCase.Ending(Outcome.FAIL, seen);
    }

    /** What came of it, and what must never be; the second is empty if all is well. */
    private record Attempt(Trial.Result result, String harm) {}

    private Attempt attempt(Injection what, Trial.Baseline baseline) {
        EmulatedFunction model = EmulatedDevices.parse(what.model());
        if (what.surroundings() == Surroundings.LEFT_RUNNING) {
            leaveRunning(model);
        }
        PciFunction masked =
                what.overlay().isEmpty() ? model : Overlays.ready(what.overlay()).over(model);
        GuardedFunction guarded = new GuardedFunction(masked, what.surroundings());
        Trial.Result result =
                Trial.run(guarded, Policy.parse(what.policy()), type, what.work(), baseline);
        return new Attempt(result, harm(model, guarded, what));
    }

    private static String harm(EmulatedFunction model, GuardedFunction guarded, Injection what) {
        if (!guarded.overrun().isEmpty()) {
            return "memory beside what was given was written: " + guarded.overrun();
        }
        if (!guarded.isClosed()) {
            return "the function was not closed";
        }
        if (what.isClean() && !model.complaints().isEmpty()) {
            return "the driver did what is forbidden: " + model.complaints();
        }
        if (isOnRing(what.fault()) && model.faultsDone() != 1) {
            return "the fault did not come to act";
        }
        return "";
    }

    private static boolean isOnRing(String options) {
        List<String> words = List.of(options.split(",", -1));
        return Arrays.stream(Fault.values())
                .filter(Fault::isOnRing)
                .anyMatch(fault -> words.contains("fault=" + fault.label()));
    }

    /** Somebody else started the device and went away without a reset. */
    private static void leaveRunning(EmulatedFunction function) {
        VirtioLayout layout = LayoutChoice.of(function, Policy.AUTO).require();
        if (layout instanceof VirtioLayout.Legacy legacy) {
            Registers registers = function.open(legacy.registers());
            registers.write(LegacyRegister.DEVICE_STATUS, RUNNING & ~8);
        } else {
            Registers registers = function.open(common(layout));
            registers.write(CommonRegister.DEVICE_STATUS, RUNNING);
        }
        function.complaints().clear();
    }

    private static Window common(VirtioLayout layout) {
        return layout instanceof VirtioLayout.Virtio1 virtio1
                ? virtio1.common()
                : ((VirtioLayout.RegisterSets) layout).queues();
    }
}
