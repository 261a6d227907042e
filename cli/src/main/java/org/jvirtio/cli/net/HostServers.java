package org.jvirtio.cli.net;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jvirtio.EnvironmentException;

/**
 * What the guest talks to on the host: a UDP echo and a file over HTTP. On the loopback interface
 * only, which QEMU's user network shows the guest as its gateway.
 */
final class HostServers implements AutoCloseable {

    static final int FILE_BYTES = 1 << 20;

    /** Prime, so that no two frames are alike; short, so that the guest's capture packs well. */
    private static final int PERIOD = 251;

    private final DatagramSocket echo;
    private final HttpServer http;
    private final byte[] file = new byte[FILE_BYTES];

    private HostServers(DatagramSocket echo, HttpServer http) {
        this.echo = echo;
        this.http = http;
        for (int i = 0; i < FILE_BYTES; i++) {
            file[i] = (byte) (i % PERIOD);
        }
    }

    static HostServers start() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            HostServers servers =
                    new HostServers(
                            new DatagramSocket(0, loopback),
                            HttpServer.create(new InetSocketAddress(loopback, 0), 0));
            servers.begin();
            return servers;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "opening ports on the loopback interface: " + e + ". Let this user do so.", e);
        }
    }

    int echoPort() {
        return echo.getLocalPort();
    }

    /** As the guest names it. */
    String fileInGuest() {
        return "http://10.0.2.2:" + http.getAddress().getPort() + "/file";
    }

    byte[] file() {
        return file;
    }

    private void begin() {
        http.createContext(
                "/file",
                exchange -> {
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(200, file.length);
                    exchange.getResponseBody().write(file);
                    exchange.close();
                });
        http.start();
        Thread thread = new Thread(this::echo, "udp-echo");
        thread.setDaemon(true);
        thread.start();
    }

    private void echo() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            try {
                packet.setLength(2048);
                echo.receive(packet);
                echo.send(packet);
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    @Override
    public void close() {
        echo.close();
        http.stop(0);
    }
}
