package org.jvirtio.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** curl on the host fetches a page that a guest serves over our driver. */
class ServeHttpGuestTest {

    @Test
    void curlOnTheHostGetsThePageOfTheGuest() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PrintStream before = System.out;
        Invited printed = new Invited(before);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        CompletableFuture<String> page = printed.line.thenApplyAsync(line -> curl(port));
        try {
            ServeHttp.main(new String[] {String.valueOf(port)});
        } finally {
            System.setOut(before);
        }
        assertTrue(page.isDone(), printed::text);
        assertEquals("Hello from 10.0.2.15/24\n", result(page), printed::text);
        assertTrue(printed.text().contains("The guest ended: well"), printed::text);
    }

    private static String result(CompletableFuture<String> page) throws InterruptedException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static String curl(int port) {
        String address = "http://127.0.0.1:" + port + "/";
        try {
            Process curl =
                    new ProcessBuilder("curl", "-sS", "--max-time", "30", address)
                            .redirectErrorStream(true)
                            .start();
            curl.getOutputStream().close();
            return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(
                    "fetching the page with curl: "
                            + e.getMessage()
                            + ". Install it: apt-get install curl; ./jvirtio test does.",
                    e);
        }
    }

    /** Keeps what is printed, and says when the guest invites to ask. */
    private static final class Invited extends java.io.ByteArrayOutputStream {

        private final CompletableFuture<String> line = new CompletableFuture<>();
        private final PrintStream console;

        Invited(PrintStream console) {
            this.console = console;
        }

        synchronized String text() {
            return toString(StandardCharsets.UTF_8);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) {
            super.write(bytes, offset, count);
            console.write(bytes, offset, count);
            String text = text();
            if (text.contains("Try this: curl") && !line.isDone()) {
                line.complete(text);
            }
        }
    }
}
