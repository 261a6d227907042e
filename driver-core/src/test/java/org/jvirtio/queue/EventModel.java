package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jvirtio.RingFeature;
import org.jvirtio.partner.RingPeer;

/**
 * Who wants to hear of what, on a queue of requests of one buffer each that are used in order. The
 * model counts entries from the first on, and a wish names an entry by its count.
 */
final class EventModel implements StateSearch.Model {

    private static final int OFFER = 0;
    private static final int PUBLISH = 1;
    private static final int RING = 2;
    private static final int USE = 3;
    private static final int SHOW = 4;
    private static final int SHOW_AND_INTERRUPT = 5;
    private static final int POLL = 6;
    private static final int ENABLE = 7;
    private static final int DISABLE = 8;
    private static final int ASK = 9;
    private static final int ASK_LATER = 10;
    private static final int SILENCE = 11;
    private static final int STEPS = 12;

    /** Wishes that name no entry. */
    private static final int ALWAYS = -1;

    private static final int NEVER = -2;

    private final OpenQueue open;
    private final Virtqueue queue;
    private final boolean event;
    private final boolean packed;
    private final int end;

    private int offered;
    private int published;
    private int rung;
    private int used;
    private int shown;
    private int interrupted;
    private int harvested;
    private int driverWish;
    private int deviceWish;

    /**
     * Begins where {@code open} is.
     *
     * @param start requests that went through so far, of which the device was asked for none
     * @param total requests to offer at most
     */
    EventModel(OpenQueue open, int start, int total) {
        this.open = open;
        queue = open.queue;
        event = open.has(RingFeature.EVENT_IDX);
        packed = open.has(RingFeature.RING_PACKED);
        end = start + total;
        offered = start;
        published = start;
        rung = start;
        used = start;
        shown = start;
        interrupted = start;
        harvested = start;
        queue.ringIfAsked();
        open.peer.wantsInterrupt();
        queue.disableInterrupts();
        driverWish = event && !packed ? start - 1 : NEVER;
        open.peer.ask(0);
        deviceWish = event ? start : ALWAYS;
    }

    @Override
    public OpenQueue open() {
        return open;
    }

    @Override
    public int steps() {
        return STEPS;
    }

    @Override
    public boolean take(int step) {
        return switch (step) {
            case OFFER -> offer();
            case PUBLISH -> publish();
            case RING -> ring();
            case USE -> use();
            case SHOW -> show(false);
            case SHOW_AND_INTERRUPT -> show(true);
            case POLL -> poll();
            case ENABLE -> enable();
            case DISABLE -> disable();
            case ASK -> ask(0);
            case ASK_LATER -> event && ask(1);
            case SILENCE -> silence();
            default -> throw new AssertionError(step);
        };
    }

    private boolean offer() {
        boolean fits = offered < end && offered - harvested < queue.capacity();
        offered += fits && queue.offerWritable(0x1000, 64, offered) ? 1 : 0;
        return fits;
    }

    private boolean publish() {
        boolean any = published < offered;
        queue.publish();
        published = offered;
        return any;
    }

    private boolean ring() {
        boolean asked = queue.ringIfAsked();
        boolean wanted = isAmong(deviceWish, rung, published);
        // Who did not look for a whole lap rings, since two laps look alike.
        boolean lap = packed && event && published - rung >= queue.capacity();
        if (!lap || deviceWish == NEVER) {
            assertEquals(wanted, asked, this::toString);
        } else {
            assertTrue(asked, this::toString);
        }
        boolean any = rung < published;
        rung = published;
        return any;
    }

    private boolean use() {
        if (used == published) {
            return false;
        }
        RingPeer.Request request = open.peer.take();
        open.peer.write(request.id(), 64);
        used++;
        return true;
    }

    private boolean show(boolean interrupt) {
        boolean any = shown < used || (interrupt && interrupted < used);
        open.peer.show();
        shown = used;
        if (interrupt) {
            assertEquals(
                    isAmong(driverWish, interrupted, shown),
                    open.peer.wantsInterrupt(),
                    this::toString);
            interrupted = shown;
        }
        return any;
    }

    private boolean poll() {
        boolean any = harvested < shown;
        assertEquals(any, queue.poll(), this::toString);
        harvested += any ? 1 : 0;
        return any;
    }

    private boolean enable() {
        assertEquals(harvested < shown, queue.enableInterrupts(), this::toString);
        driverWish = event ? harvested : ALWAYS;
        return true;
    }

    private boolean disable() {
        queue.disableInterrupts();
        driverWish = event && !packed ? harvested - 1 : NEVER;
        return true;
    }

    private boolean ask(int ahead) {
        open.peer.ask(ahead);
        deviceWish = event ? used + ahead : ALWAYS;
        return true;
    }

    private boolean silence() {
        open.peer.silence();
        deviceWish = event && !packed ? used - 1 : NEVER;
        return true;
    }

    /** A packed ring tells two laps apart, and no more. */
    private boolean isAmong(int wish, int from, int to) {
        if (wish < 0) {
            return wish == ALWAYS && from < to;
        }
        boolean among = false;
        for (int entry = from; entry < to; entry++) {
            int apart = Math.abs(entry - wish);
            among |= packed ? apart % (2 * queue.capacity()) == 0 : apart == 0;
        }
        return among;
    }

    @Override
    public String toString() {
        return String.format(
                "offered %d, published %d, rung %d, used %d, shown %d, interrupted %d, harvested"
                        + " %d; the driver wishes %d, the device %d",
                offered,
                published,
                rung,
                used,
                shown,
                interrupted,
                harvested,
                driverWish,
                deviceWish);
    }
}
