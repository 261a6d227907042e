package org.jvirtio.net;

import java.util.concurrent.atomic.AtomicLong;
import org.jvirtio.QueueTurn;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetReceiveQueue;

/** The half of a {@link FrameRelay} that receives. */
final class RelayIn extends QueueTurn {

    private static final int BATCH = 16;

    private final NetReceiveQueue receive;
    private final FrameSink sink;
    private final FrameWatch watch;
    private final Arrivals arrivals;
    private final Train train = new Train();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    RelayIn(NetDriver driver, FrameSink sink, FrameWatch watch) {
        super(driver.device(), 0, "frames");
        receive = driver.receive(0);
        arrivals = new Arrivals(receive);
        this.sink = sink;
        this.watch = watch;
    }

    long taken() {
        return taken.get();
    }

    long refused() {
        return refused.get();
    }

    /** The world owes us nothing. */
    @Override
    protected boolean isAnswerDue() {
        return false;
    }

    @Override
    protected boolean work() {
        int count = receive.harvest(BATCH);
        for (int i = 0; i < count; i++) {
            carry(arrivals.show(i));
        }
        if (count > 0) {
            deliver();
            receive.refill();
        }
        return count > 0;
    }

    private void carry(Frame frame) {
        watch.saw(frame, frame.length());
        if (!train.add(frame)) {
            deliver();
            train.add(frame);
        }
    }

    private void deliver() {
        int frames = train.frames();
        if (frames > 0) {
            boolean took = sink.write(train.memory(), 0, train.length(), train.segmentBytes());
            (took ? taken : refused).addAndGet(frames);
            train.clear();
        }
    }
}
