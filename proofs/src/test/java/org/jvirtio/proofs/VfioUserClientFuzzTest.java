package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.Interrupt;
import org.jvirtio.Registers;
import org.jvirtio.VirtioException;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.Window;
import org.jvirtio.vfiouser.VfioUserFunction;

/**
 * A vfio-user server that answers what it likes, between a client's opening and closing of its
 * function. Whatever it answers, nothing comes out but {@link VirtioException}, after bounded time,
 * and no descriptor is left open.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried; they are named for
 * what their server does.
 */
class VfioUserClientFuzzTest {

    private static final Duration ANSWER = Duration.ofMillis(30);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Path DIRECTORY = directory();

    private static Path directory() {
        try {
            SocketChannel.open().close(); // the JDK keeps one socket from then on
            return Files.createTempDirectory("jvirtio-fuzz");
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @FuzzTest(maxDuration = "280s")
    void client(FuzzedDataProvider data) throws IOException {
        long before = openFiles();
        long begin = System.nanoTime();
        Path socket = DIRECTORY.resolve("socket");
        try (HostileServer server = new HostileServer(socket, data.consumeRemainingAsBytes())) {
            use(server.path());
        }
        assertEquals(before, openFiles(), "descriptors are left open");
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        if (taken.compareTo(LIMIT) > 0) {
            throw new AssertionError("it took " + taken);
        }
    }

    private static void use(Path socket) {
        try (VfioUserFunction function = VfioUserFunction.open(socket, ANSWER)) {
            function.config().read32(0);
            for (Bar bar : function.bars()) {
                use(function, bar);
            }
            DmaRegion region = function.dmaMemory(Addressing.PHYSICAL).allocate(4096, 4096);
            region.memory().write64(0, 1);
            interrupt(function);
            function.reset();
            region.close();
        } catch (VirtioException expected) {
            // What a hostile server gets.
        }
    }

    private static void use(VfioUserFunction function, Bar bar) {
        for (long offset = 0; offset + 8 <= Math.min(bar.length(), 0x3000); offset += 0x1000) {
            Registers registers = function.open(new Window(bar, offset, 8));
            registers.write16(0, 1);
            registers.read32(4);
        }
    }

    private static void interrupt(VfioUserFunction function) {
        int vectors = Math.min(2, function.interrupts().msixVectors());
        if (vectors > 0) {
            List<Interrupt> lines = function.interrupts().enableMsix(vectors);
            lines.get(0).await(0);
        }
        if (function.interrupts().hasIntx()) {
            function.interrupts().enableIntx().unmask();
        }
    }

    /** The kinds of file that a session has. */
    private static long openFiles() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(VfioUserClientFuzzTest::isOurs).count();
        }
    }

    private static boolean isOurs(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/memfd:")
                    || target.startsWith("socket:")
                    || target.contains("[eventfd]");
        } catch (IOException e) {
            return false; // the one that lists them
        }
    }
}
