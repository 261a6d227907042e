package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.Version;

/** How a server greets (vfio-user, VFIO_USER_VERSION). */
class VersionTest {

    /** QEMU 10.1 proposes 0.0, SPDK 0.1, libvfio-user 0.2. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "7, 2"})
    void agreesOnTheLowerMinor(int proposed, int agreed) {
        try (Served served = new Served("entropy");
                RawClient client = new RawClient(served.path)) {
            Version version = client.greet(0, proposed);

            assertEquals(0, version.major());
            assertEquals(agreed, version.minor());
            assertEquals(1 << 20, version.capabilities().maxDataXferSize());
            assertTrue(version.capabilities().writeMultiple());
        }
    }

    @Test
    void refusesAnotherMajorAndSaysSo() {
        try (Served served = new Served("entropy");
                RawClient client = new RawClient(served.path)) {
            int length = new Version(1, 0, DeviceCommands.OURS).write(client.socket);
            client.socket.sendCommand(Command.VERSION, length, false);

            assertEquals(22, client.answer());
            served.awaitTold("it speaks version 1.0");
        }
    }

    @Test
    void endsASessionThatBeginsOtherwise() {
        try (Served served = new Served("entropy");
                RawClient client = new RawClient(served.path)) {
            client.socket.sendCommand(Command.DEVICE_RESET, 0, false);

            assertThrows(DeviceBrokenException.class, client::answer);
            served.awaitTold("its first message is command 13");
        }
    }

    @Test
    void refusesASecondVersion() {
        try (Served served = new Served("entropy");
                RawClient client = served.client()) {
            assertEquals(22, client.send(Command.VERSION, RawClient.payload(4)));
            assertEquals(0, client.read(RawClient.CONFIG, 0, 4));
        }
    }
}
