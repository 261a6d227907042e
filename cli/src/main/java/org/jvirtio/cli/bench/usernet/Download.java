package org.jvirtio.cli.bench.usernet;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** Fetches a file over HTTP and throws it away: the same client, whoever drives the device. */
final class Download {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LIMIT_MILLIS = 120_000;

    private Download() {}

    /** Seconds from the request to the last byte. */
    static double seconds(String address, long bytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long begin = System.nanoTime();
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        long came = 0;
        try (InputStream in = connection.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                came += count;
            }
        } finally {
            connection.disconnect();
        }
        if (came != bytes) {
            throw new IOException(address + " has " + came + " bytes instead of " + bytes);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
