package org.jvirtio.model;

import java.time.Duration;
import java.util.Arrays;

/**
 * Does once what a {@link Fault} of the ring names, in place of giving one request back.
 *
 * <p>Used under the function's lock.
 */
final class Mischief {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SHORT = Duration.ofNanos(100_000);
    private static final Duration EARLY = Duration.ofMillis(2);
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private static final int OUTSIDE_BYTES = 4;
    private static final byte OUTSIDE = (byte) 0xee;
    private static final int ALL_ONES = 0xff;
    private static final int NONSENSE = 0x77;
    private static final int PORT_BYTES = 4;
    private static final int UNKNOWN = 0x7f;
    private static final int REWRITTEN_BYTES = 16;

    /**
     * After two, a driver can tell: one alone that comes first could stand for a batch (section
     * 2.7.9).
     */
    private static final int MOST_OVERTAKERS = 2;

    private final Fault fault;
    private final int at;
    private final Platform platform;

    /** Requests that came up to be given back since the function was made. */
    private int came;

    private int done;
    private UsedRequest held;
    private ModelQueue holder;
    private int overtakers;
    private boolean eventsDue;

    Mischief(FunctionOptions options, Platform platform) {
        this.fault = options.fault();
        this.at = options.faultAt();
        this.platform = platform;
    }

    /** How often it acted. */
    int done() {
        return done;
    }

    /** True if the next request will not be given back properly. */
    boolean isNext() {
        return fault.isOnRing() && (came == at || isHeld());
    }

    /** True if this request was taken care of, in whatever way. */
    boolean takes(ModelQueue queue, UsedRequest request) {
        if (!fault.isOnRing()) {
            return false;
        }
        if (fault == Fault.ORDER_BROKEN && isHeld() && holder == queue) {
            overtake(queue, request);
            return true;
        }
        if (came++ != at) {
            return false;
        }
        done++;
        queue.show(); // What went before is as it should be.
        play(queue, request);
        return true;
    }

    /** The device has no more to do for now. */
    void afterWork(ModelQueue queue) {
        if (eventsDue) {
            eventsDue = false;
            RingLies.of(queue).confuseEvents();
            queue.link().showAll();
        }
        if (overtakers > 0 && holder == queue) {
            giveHeld();
        }
    }

    /** True if a request of this queue waits for a reset; null asks for any queue. */
    boolean holdsForReset(ModelQueue queue) {
        return fault == Fault.LATE_COMPLETION && isHeld() && (queue == null || queue == holder);
    }

    /** The reset was asked for, and is not confirmed yet. */
    void completeLate() {
        if (held != null) {
            holder.ring();
            giveHeld();
        }
    }

    private void play(ModelQueue queue, UsedRequest request) {
        int id = request.id();
        long written = request.written();
        switch (fault) {
            case USED_ID_OUTSIDE -> give(queue, request, queue.size(), written);
            case USED_ID_UNKNOWN -> give(queue, request, queue.unknownId(), written);
            case USED_LENGTH_BEYOND ->
                    give(queue, request, id, request.chain().writableLength() + 1);
            case USED_LENGTH_BELOW_HEADER -> give(queue, request, id, written > 1 ? 1 : 0);
            case USED_LENGTH_SHORT -> give(queue, request, id, Math.max(0, written - 1));
            case USED_LENGTH_NONE -> give(queue, request, id, 0);
            case STATUS_NONSENSE, STATUS_UNTOUCHED, HEADER_NONSENSE, PORT_UNKNOWN ->
                    giveSpoilt(queue, request);
            case NUM_BUFFERS_NONE, NUM_BUFFERS_MANY -> giveSpoilt(queue, request);
            case USED_ID_TWICE, USED_INDEX_JUMPS, USED_INDEX_BACK, WRAP_BIT_WRONG ->
                    playOnRing(queue, request);
            case NEVER_COMPLETES -> queue.forget(request);
            case LATE_COMPLETION, ORDER_BROKEN -> hold(queue, request);
            case INTERRUPT_LOST -> giveSilently(queue, request);
            case INTERRUPT_EARLY -> interruptEarly(queue, request);
            default -> playAround(queue, request);
        }
    }

    private void playOnRing(ModelQueue queue, UsedRequest request) {
        queue.forget(request);
        DeviceRing ring = queue.ring();
        switch (fault) {
            case USED_ID_TWICE -> {
                ring.use(request.id(), request.written());
                ring.useNothing(request.id(), request.written());
                queue.show();
            }
            case WRAP_BIT_WRONG -> {
                ring.use(request.id(), request.written());
                ((PackedDeviceRing) ring).spoilWrap();
                queue.show();
            }
            default -> {
                RingLies lies = RingLies.of(queue);
                if (fault == Fault.USED_INDEX_JUMPS) {
                    lies.jump(request);
                } else {
                    lies.goBack(request);
                }
                queue.link().showAll();
                queue.interruptIfWanted();
                queue.mute();
            }
        }
    }

    /** The request itself is given back as it should be. */
    private void playAround(ModelQueue queue, UsedRequest request) {
        if (fault == Fault.SCRIBBLES_RINGS) {
            RingLies.of(queue).scribble();
            queue.link().showAll();
        } else if (fault == Fault.WRITES_OUTSIDE) {
            writeOutside(queue, request.chain());
        } else if (fault == Fault.EVENTS_NONSENSE) {
            eventsDue = true;
        }
        give(queue, request, request.id(), request.written());
        int life = queue.life();
        if (fault == Fault.REWRITES_BUFFER) {
            repeat(SHORT, queue, life, () -> rewrite(queue, request));
        } else if (fault == Fault.INTERRUPT_STORM) {
            repeat(SHORT, queue, life, queue::interrupt);
        } else if (fault == Fault.USED_INDEX_RUNS) {
            repeat(AT_ONCE, queue, life, () -> runOn(queue, request));
        }
    }

    private void repeat(Duration pause, ModelQueue queue, int life, Runnable step) {
        new Repeater(platform, pause, A_WHILE)
                .start(
                        () -> {
                            if (queue.life() != life) {
                                return false;
                            }
                            step.run();
                            return true;
                        });
    }

    private static void runOn(ModelQueue queue, UsedRequest request) {
        queue.ring().useNothing(request.id(), request.written());
        queue.show();
    }

    /**
     * The end of what was written to each segment: at the beginning a frame has its header, which
     * the driver may read before or after it changes. Not a single byte: that is a status, and its
     * place soon that of another request's.
     */
    private static void rewrite(ModelQueue queue, UsedRequest request) {
        long left = request.written();
        for (Segment segment : request.chain().segments()) {
            long written = segment.writable() ? Math.min(left, segment.length()) : 0;
            left -= written;
            if (written > 1) {
                int count = (int) Math.min(REWRITTEN_BYTES, written);
                long at = segment.address() + written - count;
                invert(Segment.at(at, count, true, queue.memory()), count);
            }
        }
    }

    private static void invert(Segment found, int count) {
        byte[] bytes = new byte[count];
        found.copyTo(0, bytes, 0, count);
        for (int i = 0; i < count; i++) {
            bytes[i] ^= (byte) 0xff;
        }
        found.copyFrom(0, bytes, 0, count);
    }

    /** Behind a buffer, if there is memory: what is read of the buffer stays as it is. */
    private static void writeOutside(ModelQueue queue, ModelChain chain) {
        byte[] bytes = new byte[OUTSIDE_BYTES];
        Arrays.fill(bytes, OUTSIDE);
        for (Segment segment : chain.segments()) {
            long end = segment.address() + segment.length();
            if (segment.writable()) {
                queue.memory().write(end, bytes, 0, OUTSIDE_BYTES);
            }
        }
    }

    private static void give(ModelQueue queue, UsedRequest request, int shown, long written) {
        queue.forget(request);
        queue.ring().useAs(request.id(), shown, written);
        queue.show();
    }

    /** The request is done, and then some of what was written is overwritten. */
    private void giveSpoilt(ModelQueue queue, UsedRequest request) {
        ModelChain chain = request.chain();
        long last = chain.writableLength() - 1;
        switch (fault) {
            case STATUS_NONSENSE -> overwrite(chain, last, 1, NONSENSE);
            case STATUS_UNTOUCHED -> overwrite(chain, last, 1, ALL_ONES);
            case HEADER_NONSENSE -> overwrite(chain, 0, NetModel.SHORT_HEADER, ALL_ONES);
            case PORT_UNKNOWN -> overwrite(chain, 0, PORT_BYTES, UNKNOWN);
            case NUM_BUFFERS_NONE -> overwrite(chain, NetModel.SHORT_HEADER, 2, 0);
            default -> overwrite(chain, NetModel.SHORT_HEADER, 2, ALL_ONES);
        }
        give(queue, request, request.id(), request.written());
    }

    private static void overwrite(ModelChain chain, long position, int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        if (position >= 0 && position <= chain.writableLength() - count) {
            chain.write(position, bytes, count);
        }
    }

    private static void giveSilently(ModelQueue queue, UsedRequest request) {
        queue.forget(request);
        queue.ring().use(request.id(), request.written());
        queue.link().publish();
        queue.ring().wantsInterrupt(); // And if it does?
    }

    private void interruptEarly(ModelQueue queue, UsedRequest request) {
        queue.interrupt();
        int life = queue.life();
        new Repeater(platform, EARLY, A_WHILE)
                .start(
                        () -> {
                            if (queue.life() == life) {
                                giveSilently(queue, request);
                            }
                            return false;
                        });
    }

    private void hold(ModelQueue queue, UsedRequest request) {
        held = request;
        holder = queue;
        overtakers = 0;
    }

    private boolean isHeld() {
        return held != null && held.chain().life() == holder.life();
    }

    private void overtake(ModelQueue queue, UsedRequest request) {
        give(queue, request, request.id(), request.written());
        if (++overtakers == MOST_OVERTAKERS) {
            giveHeld();
        }
    }

    private void giveHeld() {
        UsedRequest late = held;
        boolean alive = isHeld();
        held = null;
        overtakers = 0;
        if (alive) {
            give(holder, late, late.id(), late.written());
        }
    }
}
