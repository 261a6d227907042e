package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/**
 * Commands and changes of the link (virtio 1.4 section 5.1.9.5) with QEMU's virtio-net, two of them
 * on one hub.
 *
 * <p>A hub has one queue, and of QEMU's backends only tap, vhost-user and vhost-vdpa have more: so
 * {@code mq=on} offers MQ with one pair here, which shows where the queue for commands is and that
 * VQ_PAIRS_SET is obeyed. Flows over many pairs are shown on the models.
 */
class NetControlGuestTest {

    private static final int FLAPS = 2000;

    /** What comes of frames of five kinds; in promiscuous mode QEMU looks at no VLAN either. */
    private static final List<String> FILTERED =
            List.of(
                    "promiscuous: own foreign multicast tagged all",
                    "not promiscuous: own all",
                    "all multicast: own multicast all",
                    "both in the tables: own foreign multicast all",
                    "its VLAN: own tagged all",
                    "another address: own foreign all",
                    "all pairs: own all");

    @TempDir Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void virtio1ObeysCommandsAndTellsOfTheLink() throws IOException {
        Path socket = directory.resolve("qmp");
        CompletableFuture<Void> host = CompletableFuture.runAsync(() -> moveLink(socket));

        List<String> lines =
                run(
                        List.of("-qmp", "unix:" + socket + ",server=on,wait=off"),
                        "disable-legacy=on",
                        List.of("virtio1", "link"));

        List<String> expected = new ArrayList<>(List.of("pairs 1, MQ true"));
        expected.addAll(FILTERED);
        expected.addAll(
                List.of(
                        "waiting for the link",
                        "announcement asked: true",
                        "announcement asked: false",
                        "link up: false"));
        assertEquals(expected, lines);
        host.join();
    }

    @Test
    void legacyObeysCommands() {
        List<String> expected = new ArrayList<>(List.of("pairs 1, MQ true"));
        expected.addAll(FILTERED);

        assertEquals(expected, run(List.of(), "disable-modern=on", List.of("legacy")));
    }

    private List<String> run(List<String> more, String layout, List<String> arguments) {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        List<String> devices = new ArrayList<>(more);
        for (int i = 0; i < 2; i++) {
            devices.addAll(
                    List.of(
                            "-netdev",
                            "hubport,hubid=0,id=n" + i,
                            "-device",
                            String.format(
                                    "virtio-net-pci,id=net%d,addr=%d,netdev=n%d,mq=on,%s,"
                                            + "mac=52:54:00:12:34:5%d",
                                    i, 2 + i, i, layout, i)));
        }
        List<String> words = new ArrayList<>(List.of("vfio:0000:00:02.0", "vfio:0000:00:03.0"));
        words.addAll(arguments);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        GuestResult result =
                new QemuGuest(
                                GuestMachine.with(devices),
                                images.image(images.debianKernel(), GuestRehearsal.words()))
                        .run(new GuestJob(NetControlProgram.class.getName(), words), out, out);
        assertEquals(0, result.exitCode(), () -> text() + result);
        return text().lines().toList();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Once the guest waits: lets the link flap, asks for an announcement, takes the link down. */
    private void moveLink(Path socket) {
        await("waiting for the link");
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            BufferedReader answers =
                    new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            assertTrue(answers.readLine().contains("QMP"));
            command(channel, answers, "'qmp_capabilities'");
            for (int i = 0; i < FLAPS; i++) {
                command(channel, answers, link(i % 2 == 1));
            }
            command(
                    channel,
                    answers,
                    "'announce-self','arguments':{'initial':50,'max':50,'rounds':1,'step':0}");
            await("announcement asked: false");
            command(channel, answers, link(false));
        } catch (IOException e) {
            throw new UncheckedIOException("talking to QEMU", e);
        }
    }

    private static String link(boolean up) {
        return "'set_link','arguments':{'name':'net1','up':" + up + "}";
    }

    private static void command(SocketChannel channel, BufferedReader answers, String words)
            throws IOException {
        String line = "{'execute':" + words + "}\n";
        channel.write(ByteBuffer.wrap(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        String answer = answers.readLine();
        while (answer.contains("\"event\"")) {
            answer = answers.readLine();
        }
        assertTrue(answer.contains("\"return\""), answer);
    }

    private void await(String line) {
        for (int i = 0; i < 1200 && !text().contains(line); i++) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
