package org.jvirtio.vfiouser;

import java.time.Duration;

/**
 * How our client meets a server.
 *
 * @param limit the longest that a request may take
 * @param sharesMemory whether the server gets descriptors of our memory; without them it has to
 *     read and write that by messages, which whoever writes a server wants to see work as well
 * @param takesTwin whether the server may have a second socket for these messages
 */
public record ClientOptions(Duration limit, boolean sharesMemory, boolean takesTwin) {

    /**
     * As the properties of this JVM say: {@code jvirtio.vfioUserMillis}, {@code
     * jvirtio.vfioUserMemory=messages} and {@code jvirtio.vfioUserTwin=false}.
     */
    public static ClientOptions ofProperties() {
        return new ClientOptions(
                Duration.ofMillis(Long.getLong("jvirtio.vfioUserMillis", 10_000)),
                !"messages".equals(System.getProperty("jvirtio.vfioUserMemory")),
                !"false".equals(System.getProperty("jvirtio.vfioUserTwin")));
    }

    public ClientOptions withLimit(Duration other) {
        return new ClientOptions(other, sharesMemory, takesTwin);
    }
}
