package org.jvirtio.net;

import java.util.concurrent.atomic.AtomicLong;
import org.jvirtio.QueueTurn;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetReceiveQueue;

/** The half of a {@link FrameRelay} that receives. */
final class RelayIn extends QueueTurn {

    private static final int BATCH = 32;

    private final NetReceiveQueue receive;
    private final FrameSink sink;
    private final FrameWatch watch;
    private final Arrivals arrivals;
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
        int given = 0;
        for (int i = 0; i < count; i++) {
            given += carry(i) ? 1 : 0;
        }
        if (count > 0) {
            taken.addAndGet(given);
            refused.addAndGet(count - given);
            receive.refill();
        }
        return count > 0;
    }

    private boolean carry(int index) {
        Frame frame = arrivals.show(index);
        watch.saw(frame, frame.length());
        return sink.write(frame.memory(), frame.start(), frame.length());
    }
}
