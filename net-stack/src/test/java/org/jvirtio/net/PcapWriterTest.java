package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** pcap-savefile(5). tcpdump has to be there: {@code ./jvirtio test} installs it. */
class PcapWriterTest {

    private static final byte[] ECHO =
            Packets.ipv4(
                    1, Packets.PEER_IP, Packets.OUR_IP, Packets.icmp(8, 0, 0x10001, new byte[8]));

    @TempDir private Path directory;

    @Test
    void aCaptureIsAHeaderAndThenEachFrameWithItsTime() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Instant before = Instant.now();
        try (PcapWriter writer = new PcapWriter(out)) {
            writer.saw(Station.frame(ECHO), ECHO.length);
            assertEquals(1, writer.frames());
        }
        ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0xa1b23c4d, file.getInt(0));
        assertEquals(List.of(2, 4), List.of((int) file.getShort(4), (int) file.getShort(6)));
        assertEquals(1, file.getInt(20), "Ethernet");
        Instant time = Instant.ofEpochSecond(file.getInt(24), file.getInt(28));
        assertTrue(!time.isBefore(before) && !time.isAfter(Instant.now().plusSeconds(1)));
        assertEquals(ECHO.length, file.getInt(32));
        assertEquals(ECHO.length, file.getInt(36));
        byte[] written = out.toByteArray();
        assertArrayEquals(ECHO, Arrays.copyOfRange(written, 40, written.length));
    }

    @Test
    void tcpdumpReadsBothDirectionsOfAPing() throws Exception {
        Path file = directory.resolve("ping.pcap");
        try (Station near = new Station("mac=52:54:00:12:34:56,hub=pcap");
                Station far = new Station("mac=52:54:00:ab:cd:ef,hub=pcap");
                PcapWriter writer = new PcapWriter(Files.newOutputStream(file))) {
            NetStack one = new NetStack(near.driver, writer);
            NetStack other = new NetStack(far.driver, FrameWatch.NONE);
            one.use(Ipv4Settings.parse("10.0.2.15/24"));
            other.use(Ipv4Settings.parse("10.0.2.2/24"));
            Ping ping = one.ping(Ipv4Address.parse("10.0.2.2"), 56);
            Station.turnUntil(ping::isAnswered, one, other);
        }
        List<String> lines = tcpdump("-n", "-t", "-r", file.toString());
        assertTrue(lines.get(0).contains("precision") || lines.size() >= 4, lines::toString);
        String text = String.join("\n", lines);
        assertTrue(text.contains("ARP, Request who-has 10.0.2.2 tell 10.0.2.15"), text);
        assertTrue(text.contains("ARP, Reply 10.0.2.2 is-at 52:54:00:ab:cd:ef"), text);
        assertTrue(text.contains("IP 10.0.2.15 > 10.0.2.2: ICMP echo request"), text);
        assertTrue(text.contains("IP 10.0.2.2 > 10.0.2.15: ICMP echo reply"), text);
    }

    @Test
    void tcpdumpSeesTheNanoseconds() throws Exception {
        Path file = directory.resolve("times.pcap");
        try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file))) {
            writer.saw(Station.frame(ECHO), ECHO.length);
        }
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 1).putInt(28, 123456789);
        Files.write(file, bytes);

        String text = String.join("\n", tcpdump("-n", "-tt", "--nano", "-r", file.toString()));
        assertTrue(text.contains("1.123456789 IP 10.0.2.2 > 10.0.2.15"), text);
    }

    @Test
    void aDiskThatIsFullIsSaidWithTheNumberOfFrames() {
        OutputStream full =
                new OutputStream() {
                    private int written;

                    @Override
                    public void write(int b) throws IOException {
                        if (++written > 24) {
                            throw new IOException("No space left on device");
                        }
                    }
                };
        PcapWriter writer = new PcapWriter(full);
        EnvironmentException said =
                assertThrows(
                        EnvironmentException.class,
                        () -> writer.saw(Station.frame(ECHO), ECHO.length));
        assertTrue(said.getMessage().contains("after 0 frames"), said.getMessage());
        assertTrue(said.getMessage().contains("No space left"), said.getMessage());
    }

    private static List<String> tcpdump(String... arguments)
            throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "tcpdump";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "reading a capture with tcpdump: "
                            + e.getMessage()
                            + ". Install it: apt-get install tcpdump; ./jvirtio test does.",
                    e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
