package org.jvirtio.cli.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvirtio.guest.GuestMachine;

/** The host's side of {@code net}, without a guest: what is asked of QEMU, and what counts. */
class NetTourTest {

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

    private NetTour tour(String directory) {
        return new NetTour(Path.of(directory), servers, "disable-legacy=on");
    }
}
