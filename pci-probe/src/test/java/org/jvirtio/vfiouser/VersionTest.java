package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/** The first message and what it says (vfio-user, VFIO_USER_VERSION). */
@Timeout(20)
class VersionTest {

    private MessageSocket sender;
    private MessageSocket receiver;

    @BeforeEach
    void connect() {
        UnixSocket.Pair pair = UnixSocket.pair();
        sender = new MessageSocket(pair.first(), "the receiver", Duration.ofSeconds(1));
        receiver = new MessageSocket(pair.second(), "the sender", Duration.ofSeconds(1));
    }

    @AfterEach
    void closeBoth() {
        sender.close();
        receiver.close();
    }

    private Version read(String data) {
        byte[] json = data.getBytes(StandardCharsets.UTF_8);
        NativeMemory out = sender.out(VersionField.LENGTH + json.length);
        out.write16(VersionField.MAJOR.offset(), 0);
        out.write16(VersionField.MINOR.offset(), 1);
        out.copyFrom(VersionField.DATA.offset(), json, 0, json.length);
        sender.sendCommand(Command.VERSION, VersionField.LENGTH + json.length, false);
        assertTrue(receiver.receive(1_000_000_000));
        return Version.read(receiver);
    }

    @Test
    void whatOneSideWritesTheOtherReads() {
        Capabilities all = new Capabilities(8, 1 << 16, 100, 0x201000, true, 3, true);
        Version sent = new Version(0, 2, all);
        sender.sendCommand(Command.VERSION, sent.write(sender), false);
        assertTrue(receiver.receive(1_000_000_000));
        assertEquals(sent, Version.read(receiver));
        assertEquals(
                0,
                receiver.received().payload().read8(receiver.received().payloadLength() - 1),
                "a NUL ends it");
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        for (String data : new String[] {"", "\0", "{}\0", "{\"capabilities\":{}}"}) {
            assertEquals(new Version(0, 1, Capabilities.DEFAULTS), read(data), data);
        }
        Capabilities defaults = Capabilities.DEFAULTS;
        assertEquals(1, defaults.maxMsgFds());
        assertEquals(1048576, defaults.maxDataXferSize());
        assertEquals(65535, defaults.maxDmaMaps());
        assertEquals(4096, defaults.pageSizes());
    }

    @Test
    void orderAndUnknownNamesDoNotMatter() {
        Version version =
                read(
                        "{\"x\":[1,{\"max_msg_fds\":7}],\"capabilities\":{\"migration\":"
                                + "{\"pgsize\":4096},\"twin_socket\":{\"fd_index\":1,\"y\":null,"
                                + "\"supported\":true},\"max_msg_fds\":3,\"z\":\"{\"}}\0rest");
        assertEquals(3, version.capabilities().maxMsgFds());
        assertTrue(version.capabilities().twinSocket());
        assertEquals(1, version.capabilities().twinFdIndex());
    }

    @Test
    void aLimitBeyondOurNumbersIsTheLargestOfThem() {
        Version version = read("{\"capabilities\":{\"max_data_xfer_size\":9223372036854775807}}");
        assertEquals(Integer.MAX_VALUE, version.capabilities().maxDataXferSize());
    }

    /** A bit for each size, and a server whose pages have every size from 4096 sets all of them. */
    @Test
    void pageSizesHaveAllSixtyFourBits() {
        Version version = read("{\"capabilities\":{\"pgsizes\":18446744073709547520}}");
        assertEquals(-4096, version.capabilities().pageSizes());
        assertEquals(4096, version.capabilities().smallestPage());
        Version sent = new Version(0, 2, version.capabilities());
        sender.sendCommand(Command.VERSION, sent.write(sender), false);
        assertTrue(receiver.receive(1_000_000_000));
        assertEquals(sent, Version.read(receiver));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{",
                "[]",
                "7",
                "{\"capabilities\":[]}",
                "{\"capabilities\":{}",
                "{\"capabilities\":{}} {}",
                "{\"capabilities\":{\"max_msg_fds\":-1}}",
                "{\"capabilities\":{\"max_msg_fds\":\"8\"}}",
                "{\"capabilities\":{\"max_msg_fds\":1.5}}",
                "{\"capabilities\":{\"max_msg_fds\":4294967297}}",
                "{\"capabilities\":{\"max_data_xfer_size\":0}}",
                "{\"capabilities\":{\"max_data_xfer_size\":99999999999999999999}}",
                "{\"capabilities\":{\"pgsizes\":0}}",
                "{\"capabilities\":{\"pgsizes\":-4096}}",
                "{\"capabilities\":{\"pgsizes\":18446744073709551616}}",
                "{\"capabilities\":{\"twin_socket\":true}}",
                "{\"capabilities\":{\"twin_socket\":{\"supported\":1}}}",
                "{\"capabilities\":{\"write_multiple\":\"yes\"}}",
            })
    void jsonThatIsNoneOrCannotBeEndsTheSession(String data) {
        DeviceBrokenException broken = assertThrows(DeviceBrokenException.class, () -> read(data));
        assertTrue(broken.getMessage().contains("capabilities that are none"));
        assertTrue(receiver.isEnded());
    }

    /** The parser has a limit of its own for depth; without one the stack would be it. */
    @Test
    void jsonThatIsDeepEndsTheSession() {
        assertThrows(DeviceBrokenException.class, () -> read("{\"x\":" + "[".repeat(3000)));
    }

    @Test
    void aVersionThatIsTooShortEndsTheSession() {
        sender.sendCommand(Command.VERSION, 3, false);
        assertTrue(receiver.receive(1_000_000_000));
        assertThrows(DeviceBrokenException.class, () -> Version.read(receiver));
    }
}
