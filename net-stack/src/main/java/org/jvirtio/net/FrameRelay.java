package org.jvirtio.net;

import java.util.List;
import org.jvirtio.DriverLoop;
import org.jvirtio.Interrupt;
import org.jvirtio.Turn;
import org.jvirtio.VirtioException;
import org.jvirtio.Waiting;
import org.jvirtio.device.NetDriver;

/**
 * Carries frames between a driver and somebody who has TCP: the kernel, behind a tap interface.
 *
 * <pre>
 *                             loop "frames"
 *   device --NetReceiveQueue--> RelayIn --FrameSink----> kernel
 *   device &lt;--NetTransmitQueue-- RelayOut &lt;--FrameSource-- kernel
 * </pre>
 *
 * <p>One thread turns both ways: the kernel answers a segment while it takes it, and the answer is
 * on its way in the next turn, without anybody who had to be woken for it. Segments that follow
 * each other in one stream are handed on as one ({@link Train}), frames that wait to be sent are
 * shown to the device together. From {@link #start} to {@link #close} the first pair of queues
 * belongs to the relay; nobody else may touch it.
 */
public final class FrameRelay implements AutoCloseable {

    private final RelayIn in;
    private final RelayOut out;
    private final DriverLoop loop;
    private final Thread thread;
    private volatile VirtioException failure;

    private FrameRelay(RelayIn in, RelayOut out, Interrupt sourceInterrupt) {
        this.in = in;
        this.out = out;
        List<Turn> turns = List.of(in, out, new RelayWakeup(sourceInterrupt));
        loop = new DriverLoop("frames", Waiting.DEFAULT, turns).together();
        thread = new Thread(this::turn, "frames");
    }

    /**
     * Begins to carry frames, until it is closed.
     *
     * @param sourceInterrupt comes when the source has a frame again, after it had none
     */
    public static FrameRelay start(
            NetDriver driver,
            FrameSource source,
            Interrupt sourceInterrupt,
            FrameSink sink,
            FrameWatch watch) {
        RelayIn in = new RelayIn(driver, sink, watch);
        RelayOut out = new RelayOut(driver, source, watch);
        FrameRelay relay = new FrameRelay(in, out, sourceInterrupt);
        relay.thread.start();
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
     * Stops the thread and waits for it.
     *
     * @throws VirtioException what ended it before
     */
    @Override
    public void close() {
        loop.stop();
        join();
        if (failure != null) {
            throw failure;
        }
    }

    private void turn() {
        try {
            loop.run();
        } catch (VirtioException e) {
            failure = e;
        }
    }

    private void join() {
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
