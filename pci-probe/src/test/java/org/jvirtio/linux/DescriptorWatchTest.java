package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** epoll(7), as one thread waits for many descriptors. */
class DescriptorWatchTest {

    private static final long WHILE = 200_000_000L;

    private final DescriptorWatch watch = new DescriptorWatch();
    private final EventFd first = new EventFd();
    private final EventFd second = new EventFd();

    @AfterEach
    void closeAll() {
        watch.close();
        first.close();
        second.close();
    }

    @Test
    void whatCanBeReadEndsEachWaitUntilItIsRead() {
        watch.add(first.fd(), 7);
        first.signal();
        assertEquals(1, watch.await(WHILE));
        assertEquals(1, watch.await(WHILE));
        assertEquals(7, watch.tag(0));
        first.take();
        assertEquals(0, watch.await(0));
    }

    @Test
    void whatIsRaisedEndsOneWaitEachTimeThoughNobodyReadsIt() {
        watch.addRaised(first.fd(), 7);
        for (int i = 0; i < 3; i++) {
            first.signal();
            assertEquals(1, watch.await(WHILE));
            assertEquals(7, watch.tag(0));
            assertEquals(0, watch.await(0));
        }
        assertEquals(3, first.take());
        assertEquals(0, watch.await(0));
    }

    /** A doorbell that was made while its message was looked at was taken for one that rang. */
    @Test
    void watchingOneMoreLeavesWhatWasWaitedFor() {
        watch.add(first.fd(), 7);
        watch.add(second.fd(), 8);
        first.signal();
        second.signal();
        assertEquals(2, watch.await(WHILE));
        try (EventFd third = new EventFd()) {
            watch.addRaised(third.fd(), 9);
            assertEquals(Set.of(7, 8), Set.of(watch.tag(0), watch.tag(1)));
            watch.remove(third.fd());
        }
    }
}
