package org.jvirtio.cli.net;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jvirtio.device.NetDriver;
import org.jvirtio.linux.KernelInterface;
import org.jvirtio.linux.Tap;
import org.jvirtio.net.FrameRelay;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Settings;

/**
 * The part of the tour that wants TCP: the guest's kernel has the address on a tap interface, our
 * driver carries its frames, and plain Java sockets work.
 */
final class KernelTour {

    /** Where the guest serves, as the host's forward has it. */
    static final int HTTP_PORT = 8080;

    static final String PAGE = "served from inside the guest, over our own driver\n";

    private static final String TAP = "tap0";
    private static final int LIMIT_SECONDS = 60;
    private static final int LIMIT_MILLIS = LIMIT_SECONDS * 1000;

    /** The last segments of a connection come after its last byte. */
    private static final int QUIET_MILLIS = 500;

    private final NetDriver driver;
    private final FrameWatch watch;
    private final PrintStream out;

    KernelTour(NetDriver driver, FrameWatch watch, PrintStream out) {
        this.driver = driver;
        this.watch = watch;
        this.out = out;
    }

    /**
     * Fetches a file from the host, and serves a page to it.
     *
     * @param file where the host has it
     * @param sha256 of the file
     */
    void run(Ipv4Settings settings, String file, String sha256)
            throws IOException, InterruptedException {
        try (Tap tap = Tap.open(TAP);
                KernelInterface kernel = KernelInterface.of(TAP);
                FrameRelay relay =
                        FrameRelay.start(driver, tap::read, tap.interrupt(), tap::write, watch)) {
            kernel.use(
                    driver.mac().bits(),
                    driver.mtu(),
                    settings.address().bits(),
                    settings.mask().bits(),
                    settings.router().bits());
            fetch(file, sha256);
            serve();
            Thread.sleep(QUIET_MILLIS);
            TourLine.check(
                    out,
                    "the kernel took every frame",
                    relay.refused() == 0,
                    relay.received() + " in, " + relay.sent() + " out");
        }
    }

    private void fetch(String file, String sha256) throws IOException {
        MessageDigest digest = sha256();
        long begin = System.nanoTime();
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(file).toURL().openConnection();
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        long bytes;
        try (InputStream in = new DigestInputStream(connection.getInputStream(), digest)) {
            bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
        } finally {
            connection.disconnect();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        String found = HexFormat.of().formatHex(digest.digest());
        TourLine.check(
                out,
                "a file of the host arrives over HTTP with the same SHA-256",
                found.equals(sha256),
                String.format("%d bytes in %.2f s, %s", bytes, seconds, found.substring(0, 16)));
    }

    private void serve() throws IOException, InterruptedException {
        CountDownLatch served = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(HTTP_PORT), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                    served.countDown();
                });
        server.start();
        out.println(TourLine.READY);
        out.flush();
        boolean asked = served.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        server.stop(1);
        TourLine.check(out, "the host asked for a page", asked, "port " + HTTP_PORT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
