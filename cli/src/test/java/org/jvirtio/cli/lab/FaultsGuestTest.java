package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.report.ReportedCase;

/**
 * Real devices of QEMU that lie in their guest: one boot, an entropy device and three disks, and
 * every fault of the table of real devices with the reaction that it has on the models.
 */
class FaultsGuestTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir private Path directory;

    @Test
    void whatAnOverlayMakesOfARealDeviceIsSurvivedAsOnAModel() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, Paint.none());
        QemuGuest guest =
                new GuestOptions()
                        .guest(
                                console,
                                QemuFaults.qemuArguments(directory),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(2));
        QemuFaults list = new QemuFaults();
        List<LabCase> cases = list.cases(List.of());

        List<ReportedCase> reported =
                new GuestCases(console, guest, list, List.of(), LIMIT, 0).run(cases, each -> {});

        List<ReportedCase> bad = reported.stream().filter(each -> each.outcome().isBad()).toList();
        assertEquals(List.of(), bad, told.toString(StandardCharsets.UTF_8));
        assertEquals(cases.size(), reported.size());
        assertFalse(cases.isEmpty());
    }
}
