package org.jvirtio.cli.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    private NetTour tour(String directory) {
        return new NetTour(Path.of(directory), servers, "disable-legacy=on");
    }
}
