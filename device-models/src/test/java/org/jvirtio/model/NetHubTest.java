package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The wire between network models. */
class NetHubTest {

    private final BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();

    private byte[] next() throws InterruptedException {
        return seen.poll(5, TimeUnit.SECONDS);
    }

    /** The wire's thread once ended at its first look, when the first port was not there yet. */
    @Test
    void carriesFromItsFirstMomentOn() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            try (NetBackend from = NetHub.port("moment");
                    NetBackend to = NetHub.port("moment")) {
                from.connect(frame -> {});
                to.connect(seen::add);
                from.transmit(new byte[] {(byte) i});
                assertArrayEquals(new byte[] {(byte) i}, next(), "hub number " + i);
            }
        }
    }

    @Test
    void carriesInOrderAndNotBack() throws InterruptedException {
        BlockingQueue<byte[]> back = new LinkedBlockingQueue<>();
        try (NetBackend from = NetHub.port("order");
                NetBackend to = NetHub.port("order")) {
            from.connect(back::add);
            to.connect(seen::add);
            for (int i = 0; i < 100; i++) {
                from.transmit(new byte[] {(byte) i});
            }
            for (int i = 0; i < 100; i++) {
                assertArrayEquals(new byte[] {(byte) i}, next());
            }
            assertNull(back.poll());
        }
    }
}
