package org.jvirtio.net;

import java.util.List;
import org.jvirtio.DriverLoop;
import org.jvirtio.VirtioException;
import org.jvirtio.Waiting;
import org.jvirtio.device.NetDriver;

/**
 * Carries frames between a driver and somebody who has TCP: the kernel, behind a tap interface.
 *
 * <pre>
 *   device --NetReceiveQueue--> thread "relay-in"  --FrameSink----> kernel
 *   device &lt;--NetTransmitQueue-- thread "relay-out" &lt;--FrameSource-- kernel
 * </pre>
 *
 * <p>A queue has one thread, so the two need no lock. Each frame is copied once, by the kernel,
 * from or to where the device sees it. From {@link #start} to {@link #close} the first pair of
 * queues belongs to the relay; nobody else may touch it.
 */
public final class FrameRelay implements AutoCloseable {

    private final RelayIn in;
    private final RelayOut out;
    private final DriverLoop loop;
    private final Thread inThread;
    private final Thread outThread;
    private volatile VirtioException failure;

    private FrameRelay(NetDriver driver, FrameSource source, FrameSink sink, FrameWatch watch) {
        in = new RelayIn(driver, sink, watch);
        out = new RelayOut(driver, source, watch);
        loop = new DriverLoop("relay-in", Waiting.DEFAULT, List.of(in));
        inThread = new Thread(() -> guard(loop), "relay-in");
        outThread = new Thread(() -> guard(out), "relay-out");
    }

    /** Begins to carry frames, until it is closed. */
    public static FrameRelay start(
            NetDriver driver, FrameSource source, FrameSink sink, FrameWatch watch) {
        FrameRelay relay = new FrameRelay(driver, source, sink, watch);
        relay.inThread.start();
        relay.outThread.start();
        return relay;
    }

    /** Frames carried to the sink. */
    public long received() {
        return in.taken();
    }

    /** Frames carried to the device. */
    public long sent() {
        return out.sent();
    }

    /** Frames that the sink did not take. */
    public long refused() {
        return in.refused();
    }

    /**
     * Stops both threads and waits for them.
     *
     * @throws VirtioException what ended one of them before
     */
    @Override
    public void close() {
        stop();
        join(inThread);
        join(outThread);
        if (failure != null) {
            throw failure;
        }
    }

    /** What ends one direction ends both: half a connection helps nobody. */
    private void guard(Runnable direction) {
        try {
            direction.run();
        } catch (VirtioException e) {
            failure = e;
        } finally {
            stop();
        }
    }

    private void stop() {
        loop.stop();
        out.stop();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
