package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.model.NetStation.MAC;
import static org.jvirtio.model.NetStation.MTU;
import static org.jvirtio.model.NetStation.STATUS;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network device shows before a frame moves (virtio 1.4 sections 5.1.3 and 5.1.4). */
class NetLookTest {

    @Test
    void showsWhatItWasMadeWith() {
        NetStation station = new NetStation(",mac=02:00:00:00:00:2a,mtu=9000", MAC | MTU | STATUS);

        assertEquals(0x02, station.config8(0));
        assertEquals(0x2a, station.config8(5));
        assertEquals(1, station.config16(6), "the link is up");
        assertEquals(9000, station.config16(10));
        assertEquals(1, station.config16(8), "pair of queues");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0xbf8023",
        "',mac=none', 0xbf8003",
        "',status=off', 0x9e8023",
        "',mergeable=off', 0xbf0023",
        "',mtu=1500', 0xbf802b",
        "',control=off', 0x18023",
        "',checksums=off', 0xbf8020",
        "',pairs=2', 0xff8023",
        "',pairs=2,control=off', 0x18023"
    })
    void offersWhatItWasAskedTo(String options, String bits) {
        MiniDriver driver = MiniDriver.virtio1(EmulatedDevices.parse("net" + options));

        assertEquals(Long.decode(bits), driver.offered() & 0xffffff);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mac=1:2:3:4:5:6 | no Ethernet address",
                "pairs=0 | outside 1 to 256",
                "pairs=257 | outside 1 to 256",
                "flaps=1000001 | outside 0 to 1000000",
                "mtu=67 | outside 68 to 65535",
                "mtu=65536 | outside 68 to 65535"
            })
    void refusesOptionsThatNoDeviceHas(String option, String found) {
        IllegalArgumentException refused =
                Assertions.assertThrows(
                        IllegalArgumentException.class,
                        () -> EmulatedDevices.parse("net," + option));

        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }

    @Test
    void givesOnlyTheLegacyInterfaceAnAddressToWrite() {
        MiniDriver legacy = MiniDriver.legacy(EmulatedDevices.parse("net,layout=legacy"));
        legacy.negotiate(MAC);
        legacy.configBar.write8(legacy.configAt + 5, 0x99);
        assertEquals(0x99, legacy.configBar.read8(legacy.configAt + 5));
        assertTrue(legacy.function.complaints().isEmpty());

        NetStation modern = new NetStation("", MAC);
        modern.driver.configBar.write8(modern.driver.configAt + 5, 0x99);
        assertEquals(0x01, modern.config8(5));
        assertTrue(modern.complaints().contains("write of 0x99"));
    }
}
