package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.DeviceType;
import org.jvirtio.VirtioException;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.qtest.QtestFunction;
import org.jvirtio.qtest.QtestName;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.transport.Transports;

/**
 * A QEMU that answers what it likes on its qtest socket, while its bus is enumerated and a device
 * of it is started, driven and closed. Whatever it answers, nothing comes out but {@link
 * VirtioException}, in bounded time, and the connection is closed.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried.
 */
class QtestFuzzTest {

    /** Two waits for answers, one reset and one request may each take a limit below. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String[] LIMITS = {
        "jvirtio.qtestMillis", "jvirtio.resetMillis", "jvirtio.requestMillis"
    };

    private static final String[] LAYOUTS = {"virtio1", "transitional", "legacy"};

    @TempDir private static Path directory;

    @FuzzTest(maxDuration = "280s")
    void answers(FuzzedDataProvider data) throws IOException {
        for (String limit : LIMITS) {
            System.setProperty(limit, "20");
        }
        String device = "entropy,layout=" + data.pickValue(LAYOUTS);
        boolean looks = data.consumeBoolean();
        long begin = System.nanoTime();
        try (HostileQemu qemu = new HostileQemu(directory, device, data)) {
            QtestName name =
                    new QtestName(qemu.socket(), qemu.memory(), PciAddress.parse("00:04.0"));
            try (PciFunction function =
                    looks ? QtestFunction.look(name) : QtestFunction.open(name)) {
                drive(function, data.consumeBoolean());
            } catch (VirtioException expected) {
                // What a lying QEMU gets.
            }
            qemu.requireLeft();
        } finally {
            for (String limit : LIMITS) {
                System.clearProperty(limit);
            }
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        if (taken.compareTo(LIMIT) > 0) {
            throw new AssertionError("it took " + taken);
        }
    }

    private static void drive(PciFunction function, boolean legacyFirst) {
        Policy policy = Policy.parse(legacyFirst ? "legacy-first" : "auto");
        LayoutChoice choice = Transports.confirm(function, LayoutChoice.of(function, policy));
        try (EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(function, DeviceType.ENTROPY, choice.require()))) {
            driver.fill(new byte[8]);
        }
    }
}
