package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Rows on a device of QEMU, in a guest. */
class CheckGuestTest {

    @Test
    void aDeviceOfQemuIsCheckedInBothItsLayouts() {
        assertCheckedInBothItsLayouts("guest");
    }

    /** COM-08 is a finding of QEMU 7.2, in docs/findings.md. */
    static void assertCheckedInBothItsLayouts(String reach) {
        CommandRun run =
                CommandRun.of(
                        "check",
                        "--reach",
                        reach,
                        "--device",
                        "virtio-rng-pci",
                        "check/entropy-transitional/virtio1/STA-08",
                        "check/entropy-transitional/virtio1/COM-08",
                        "check/entropy-transitional/legacy/RNG-03",
                        "check/driver/entropy-transitional/virtio1/STA-01",
                        "check/driver/entropy-transitional/legacy/STA-01");
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.out().contains("4 PASS, 1 FAIL"), run.all());
        assertTrue(run.out().contains("queue 0xffff has 8 entries"), run.all());
        assertTrue(
                run.out()
                        .contains(
                                "./jvirtio check --reach "
                                        + reach
                                        + " --device virtio-rng-pci"
                                        + " check/entropy-transitional/virtio1/COM-08"),
                run.all());
    }
}
