package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import org.jvirtio.DeviceType;
import org.jvirtio.Transport;
import org.jvirtio.VirtioException;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.device.NetDriver;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * A device whose registers answer what they like, between a start and a close of each driver in
 * each layout. Whatever they answer, nothing comes out but {@link VirtioException}, after bounded
 * time and accesses; the function is closed, and all memory was given back, unless a reset was not
 * confirmed: then all of it is kept.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried.
 */
class RegisterFuzzTest {

    private static final String[] DEVICES = {
        "entropy", "block", "net", "console", "console,ports=3"
    };

    /** A reset and a queue reset may each take the limit below; the rest is computing. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String RESET_MILLIS = "jvirtio.resetMillis";

    @FuzzTest(maxDuration = "280s")
    void legacy(FuzzedDataProvider data) {
        start(data, "legacy", "legacy");
    }

    @FuzzTest(maxDuration = "280s")
    void registerSet(FuzzedDataProvider data) {
        start(data, "register-set", "register-set");
    }

    @FuzzTest(maxDuration = "280s")
    void virtio1(FuzzedDataProvider data) {
        start(data, "virtio1", "virtio1");
    }

    @FuzzTest(maxDuration = "280s")
    void pciCfg(FuzzedDataProvider data) {
        start(data, "virtio1", "pci-cfg");
    }

    private static void start(FuzzedDataProvider data, String layout, String policy) {
        System.setProperty(RESET_MILLIS, "5");
        try {
            String device = data.pickValue(DEVICES);
            String options = data.consumeBoolean() ? ",ring=packed,offer=all" : "";
            boolean split = options.isEmpty() || layout.equals("legacy");
            String text = device + ",layout=" + layout + (split ? "" : options);
            LyingFunction function =
                    new LyingFunction(EmulatedDevices.parse(text), data, policy.equals("pci-cfg"));
            LayoutChoice choice = LayoutChoice.of(function, Policy.parse(policy));
            function.beginToLie();
            long begin = System.nanoTime();
            startAndClose(function, choice, data.consumeBoolean());
            function.requireAllGivenBack();
            requireSoon(begin);
        } finally {
            System.clearProperty(RESET_MILLIS);
        }
    }

    private static void startAndClose(
            LyingFunction function, LayoutChoice choice, boolean confirmFirst) {
        try (function) {
            LayoutChoice confirmed = confirmFirst ? Transports.confirm(function, choice) : choice;
            DeviceType type = confirmed.identity().type().orElseThrow();
            drive(type, Transports.open(function, type, confirmed.require()));
        } catch (VirtioException expected) {
            // What a lying device gets.
        }
    }

    private static void drive(DeviceType type, Transport transport) {
        switch (type) {
            case ENTROPY -> EntropyDriver.start(transport).close();
            case BLOCK -> BlockDriver.start(transport).close();
            case CONSOLE -> ConsoleDriver.start(transport).close();
            default -> NetDriver.start(transport).close();
        }
    }

    private static void requireSoon(long begin) {
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        if (taken.compareTo(LIMIT) > 0) {
            throw new AssertionError("it took " + taken);
        }
    }
}
