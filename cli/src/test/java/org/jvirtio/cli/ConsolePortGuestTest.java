package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/**
 * A host at the other end of QEMU's ports (virtio 1.4 section 5.3.6): a line that is typed there
 * comes back from a JVM that is the only process of a guest, and a file goes each way and is the
 * same. Fails where there is no QEMU, and says so.
 */
@Timeout(180)
class ConsolePortGuestTest {

    private static final int FILE_BYTES = 4 << 20;

    private static final Duration QEMU_STARTS = Duration.ofSeconds(60);

    @TempDir Path directory;

    /** What the host saw at one port. */
    private record Talk(List<String> lines, String sent, String received) {}

    @Test
    void aLineTypedOnTheHostComesBackAndAFileGoesEachWay() throws Exception {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        List<String> devices = new ArrayList<>();
        devices.addAll(device("modern", 2, "disable-legacy=on,iommu_platform=on"));
        devices.addAll(device("legacy", 3, "disable-modern=on"));
        GuestJob job =
                new GuestJob(
                        ConsolePortProgram.class.getName(),
                        List.of(
                                String.valueOf(FILE_BYTES),
                                "vfio:0000:00:02.0",
                                "vfio:0000:00:03.0"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        QemuGuest guest =
                new QemuGuest(
                        GuestMachine.with(devices),
                        images.image(images.debianKernel(), GuestRehearsal.words()));
        CompletableFuture<Talk> modern = CompletableFuture.supplyAsync(() -> talk("modern"));
        CompletableFuture<Talk> legacy = CompletableFuture.supplyAsync(() -> talk("legacy"));

        GuestResult result = guest.run(job, out, out);

        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, result.exitCode(), () -> text + result);
        List<String> expected = new ArrayList<>();
        for (CompletableFuture<Talk> one : List.of(modern, legacy)) {
            Talk talk = one.get(10, TimeUnit.SECONDS);
            assertEquals(List.of("guest: hello", "guest: is anybody there?"), talk.lines());
            expected.add("took " + talk.sent());
            expected.add("gave " + talk.received());
            expected.add("ignored 0");
            expected.add(one == modern ? "virtio1" : "legacy");
        }
        assertEquals(expected, text.lines().toList());
    }

    private List<String> device(String name, int slot, String options) {
        return List.of(
                "-chardev",
                "socket,server=on,wait=off,id=" + name + ",path=" + socket(name),
                "-device",
                "virtio-serial-pci,id=" + name + "s,addr=" + slot + "," + options,
                "-device",
                String.format(
                        "virtserialport,bus=%ss.0,chardev=%s,name=%s.%s",
                        name, name, ConsolePortProgram.PORT, name));
    }

    private Path socket(String name) {
        return directory.resolve(name);
    }

    /** Types before the guest is there: the port holds it back until its end is open. */
    private Talk talk(String name) {
        try (SocketChannel channel = connect(socket(name));
                InputStream in = Channels.newInputStream(channel);
                OutputStream out = Channels.newOutputStream(channel)) {
            List<String> lines = new ArrayList<>();
            for (String line : List.of("hello", "is anybody there?")) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                lines.add(line(in));
            }
            out.write((ConsolePortProgram.FILE + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] file = new byte[FILE_BYTES];
            new Random(name.hashCode()).nextBytes(file);
            out.write(file);
            byte[] received = in.readNBytes(FILE_BYTES);
            out.write('\n');
            return new Talk(lines, Digests.sha256(file), Digests.sha256(received));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As soon as QEMU has made it. */
    private static SocketChannel connect(Path path) throws IOException {
        long end = System.nanoTime() + QEMU_STARTS.toNanos();
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(path));
                return channel;
            } catch (IOException notYet) {
                channel.close();
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int value = in.read(); value != '\n' && value >= 0; value = in.read()) {
            line.append((char) value);
        }
        return line.toString();
    }
}
