package org.jvirtio.cli.bench.usernet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What {@code ping} of iputils prints. */
class KernelPingsTest {

    @Test
    void everyAnswerIsARoundTrip() {
        Histogram nanos =
                KernelPings.parse(
                        """
                        PING 10.0.3.2 (10.0.3.2) 56(84) bytes of data.
                        64 bytes from 10.0.3.2: icmp_seq=1 ttl=255 time=12.4 ms
                        64 bytes from 10.0.3.2: icmp_seq=2 ttl=255 time=0.213 ms

                        --- 10.0.3.2 ping statistics ---
                        3 packets transmitted, 2 received, 33% packet loss, time 5ms
                        rtt min/avg/max/mdev = 0.213/6.306/12.400/6.093 ms
                        """);

        assertEquals(2, nanos.getTotalCount());
        assertEquals(213_000, (double) nanos.getMinValue(), 213);
        assertEquals(12_400_000, (double) nanos.getMaxValue(), 12_400);
    }
}
