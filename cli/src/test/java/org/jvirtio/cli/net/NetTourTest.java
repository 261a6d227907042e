package org.jvirtio.cli.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.cli.Check;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.Paint;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;

/** The host's side of {@code net}, without a guest: what is asked of QEMU, and what counts. */
class NetTourTest {

    @TempDir private Path directory;

    private final PrintStream nowhere =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private final Console console = new Console(nowhere, nowhere, Paint.none());
    private final HostServers servers = HostServers.start();

    @AfterEach
    void end() {
        servers.close();
    }

    @Test
    void theDirectoryOfQemusCaptureMayHaveAComma() {
        List<String> words = tour("/tmp/a,b").qemuArguments();
        assertTrue(words.toString().contains(",file=/tmp/a,,b/qemu.pcap"), words.toString());
    }

    @Test
    void withoutAnIommuTheGuestAsksForThePathThatDoesWithout() {
        GuestMachine machine = GuestMachine.with(List.of());
        assertEquals("vfio:0000:00:04.0", function(machine));
        assertEquals("vfio:0000:00:04.0,path=noiommu", function(machine.withoutIommu()));
    }

    private String function(GuestMachine machine) {
        return tour("/tmp").job(machine).arguments().get(0);
    }

    @Test
    void aGuestThatSaysNothingAndEndsWellHasVerifiedNothing() {
        NetTour tour = tour("/tmp");
        tour.conclude(ended(0, Optional.empty()));

        assertEquals(List.of("the guest tells all"), failed(tour));
        String seen = tour.checks().get(0).seen();
        assertTrue(seen.startsWith("it ended with status 0 after 0 checks, without"), seen);
    }

    @Test
    void aGuestThatEndsBeforeItsCaptureHasNotToldAll() {
        NetTour tour = tour("/tmp");
        tour.accept("check\ttrue\tthe driver runs\tvfio:0000:00:04.0", console);
        tour.conclude(ended(0, Optional.empty()));

        assertEquals(List.of("the guest tells all"), failed(tour));
    }

    @Test
    void ofAGuestThatDiedTheReasonIsTold() {
        NetTour tour = tour("/tmp");
        tour.conclude(ended(1, Optional.of("its kernel panicked")));

        assertEquals(List.of("the guest ends"), failed(tour));
        assertEquals("its kernel panicked", tour.checks().get(0).seen());
    }

    @Test
    void aGuestWithoutACaptureLeavesTheFileAsItWas() throws IOException {
        Path older = Files.writeString(directory.resolve("older.pcap"), "of another run");
        Path none = directory.resolve("none.pcap");
        NetTour tour = tour("/tmp");
        tour.conclude(ended(1, Optional.of("its kernel panicked")));

        tour.keep(older, console);
        tour.keep(none, console);

        assertEquals("of another run", Files.readString(older));
        assertFalse(Files.exists(none));
    }

    private static GuestResult ended(int status, Optional<String> failure) {
        return new GuestResult(
                status, Optional.empty(), failure, List.of(), 0, Duration.ZERO, List.of());
    }

    private static List<String> failed(NetTour tour) {
        return tour.checks().stream().filter(check -> !check.ok()).map(Check::what).toList();
    }

    private NetTour tour(String directory) {
        return new NetTour(Path.of(directory), servers, "disable-legacy=on");
    }
}
