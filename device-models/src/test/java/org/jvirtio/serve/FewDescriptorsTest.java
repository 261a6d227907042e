package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.FewDescriptors;
import org.jvirtio.vfiouser.Command;

/**
 * A server that can open no more files (accept(2), EMFILE): those whom it has are served as before,
 * those who come wait until it can.
 */
@Timeout(30)
class FewDescriptorsTest {

    private static final String NET = "net,control=off,layout=virtio1";
    private static final int BAR = 4;
    private static final int NO_REGION = 9;
    private static final int MSIX = 2;
    private static final int EVENTFD_TRIGGER = 4 | 32;

    private static final long WHILE_NANOS = 600_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void whoComesSecondThenWaitsAndTheFirstIsServed() {
        load();
        try (Served served = new Served("entropy");
                RawClient first = served.client()) {
            RawClient second = FewDescriptors.leaving(1, () -> waiting(served, first));
            served.awaitTold("another client was turned away");
            assertThrows(DeviceBrokenException.class, () -> second.greet(0, 2));
            second.close();
            assertEquals(0, first.read(RawClient.CONFIG, 0, 4));
            assertEquals(1, told(served, "EMFILE"));
        }
    }

    private static RawClient waiting(Served served, RawClient first) {
        RawClient second = new RawClient(served.path);
        served.awaitTold("EMFILE");
        assertEquals(0, first.read(RawClient.CONFIG, 0, 4));
        assertIdle(served);
        assertEquals(0, first.read(RawClient.CONFIG, 0, 4));
        return second;
    }

    @Test
    void whoComesFirstThenIsServedOnceThereIsADescriptor() {
        load();
        try (Served served = new Served("entropy")) {
            served.client().close();
            served.awaitTold("is gone");
            try (RawClient next = FewDescriptors.leaving(1, () -> waiting(served))) {
                assertEquals(2, next.greet(0, 2).minor());
                assertEquals(0, next.read(RawClient.CONFIG, 0, 4));
            }
            assertEquals(1, told(served, "lets nobody in"));
        }
    }

    private static RawClient waiting(Served served) {
        RawClient next = new RawClient(served.path);
        served.awaitTold("EMFILE");
        assertIdle(served);
        return next;
    }

    /** A client whose doorbells are no events sends messages. */
    @Test
    void doorbellsForWhichThereIsNoDescriptorAreRefused() {
        load();
        try (Served served = new Served(NET);
                RawClient client = served.client()) {
            int error = FewDescriptors.leaving(1, () -> doorbells(client, BAR));
            assertEquals(Errno.EMFILE.number(), error);
            assertEquals(0, doorbells(client, BAR));
            assertEquals(2, client.socket.received().descriptors().count());
            assertEquals(0, told(served, "is gone"));
        }
    }

    /** Some of a message come, and some are lost (recvmsg(2), MSG_CTRUNC). */
    @Test
    void aMessageWhoseDescriptorsAreLostIsRefused() {
        load();
        try (Served served = new Served(NET);
                RawClient client = served.client();
                EventFd event = new EventFd()) {
            int before = openFiles();
            int error = FewDescriptors.leaving(1, () -> connect(client, event));
            assertEquals(Errno.EMFILE.number(), error);
            served.await(() -> openFiles() == before, "those that came are closed");
            assertEquals(0, connect(client, event));
        }
    }

    private static int connect(RawClient client, EventFd event) {
        return client.irqs(EVENTFD_TRIGGER, MSIX, 0, 2, event.fd(), event.fd());
    }

    /** One of the two that a session needs is there, again and again. */
    @Test
    void aSessionForWhichThereIsNoDescriptorLeavesNone() {
        load();
        try (Served served = new Served("entropy")) {
            int before = openFiles();
            for (int i = 1; i <= 3; i++) {
                int times = i;
                FewDescriptors.leaving(3, () -> turnedAway(served, times)).close();
            }
            assertEquals(before, openFiles());
        }
    }

    private static RawClient turnedAway(Served served, int times) {
        RawClient client = new RawClient(served.path);
        served.await(() -> told(served, "is turned away") == times, "is turned away");
        return client;
    }

    private static int doorbells(RawClient client, int region) {
        return client.send(
                Command.DEVICE_GET_REGION_IO_FDS,
                RawClient.payload(16).putInt(-1).putInt(0).putInt(region));
    }

    private static int openFiles() {
        return new File("/proc/self/fd").list().length;
    }

    private static long told(Served served, String text) {
        return served.log.stream().filter(line -> line.contains(text)).count();
    }

    /** The server's thread sleeps, rather than look for ever at who cannot be let in. */
    private static void assertIdle(Served served) {
        long thread = threadOf(served);
        long before = THREADS.getThreadCpuTime(thread);
        LockSupport.parkNanos(WHILE_NANOS);
        long spent = THREADS.getThreadCpuTime(thread) - before;
        assertTrue(spent < WHILE_NANOS / 4, () -> TimeUnit.NANOSECONDS.toMillis(spent) + " ms");
    }

    private static long threadOf(Served served) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("serving " + served.path)) {
                return thread.getId();
            }
        }
        throw new AssertionError("no thread serves " + served.path);
    }

    /** What would have to be read from a file when there is no descriptor for it. */
    private static void load() {
        String error = Errno.describe(-Errno.EMFILE.number());
        assertTrue(new EnvironmentException(error).getMessage().contains("EMFILE"));
        try (Served served = new Served("entropy");
                RawClient first = served.client()) {
            assertEquals(0, first.read(RawClient.CONFIG, 0, 4));
            assertIdle(served);
            served.awaitTold("has come");
            assertTrue(FewDescriptors.leaving(100, FewDescriptorsTest::openFiles) > 0);
        }
        try (Served served = new Served(NET);
                RawClient client = served.client()) {
            assertEquals(0, doorbells(client, BAR));
            assertEquals(Errno.EINVAL.number(), doorbells(client, NO_REGION));
            try (EventFd event = new EventFd()) {
                assertEquals(0, connect(client, event));
            }
        }
    }
}
