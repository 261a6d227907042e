package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a function does wrong on purpose, so that one can see what a driver makes of it.
 *
 * <p>Those of the ring act once in the life of the function: on the request that {@link
 * FunctionOptions#faultAt} chooses, in place of giving it back properly. {@link
 * EmulatedFunction#faultsDone} tells whether it came to that.
 */
public enum Fault {
    /** Nothing. */
    NONE("none"),
    /** From DRIVER_OK on, writing 0 to the status resets nothing (virtio 1.4 section 2.4). */
    STUCK_RESET("stuck-reset"),
    /** The first doorbell makes the device ask for a reset (section 2.1.2). */
    NEEDS_RESET("needs-reset"),
    /** The COMMON_CFG capability names fewer bytes than its structure has (section 4.1.4.3). */
    SHORT_COMMON("short-common"),

    /** The size of every queue reads 0 (section 4.1.4.3: such a queue does not exist). */
    QUEUE_SIZE_ZERO("queue-size-zero"),
    /** The size of every queue reads one less than it is. */
    QUEUE_SIZE_ODD("queue-size-odd"),
    /** The size of every queue reads 65535. */
    QUEUE_SIZE_HUGE("queue-size-huge"),
    /** A size that the driver writes is halved, which it can read back. */
    QUEUE_SIZE_HALVED("queue-size-halved"),
    /** num_queues reads 0; outside the legacy layout, which has no such register. */
    QUEUES_MISSING("queues-missing"),
    /** Queues read as enabled before they are, in the legacy layout as placed at page 1. */
    QUEUE_ENABLED("queue-enabled"),
    /** The doorbell of every queue lies outside its structure; virtio 1.x layout. */
    DOORBELL_OUTSIDE("doorbell-outside"),
    /** notify_off_multiplier is 3; virtio 1.x layout. */
    STRIDE_ODD("stride-odd"),
    /** Every vector that is written reads back as NO_VECTOR (section 4.1.5.1.2.1). */
    VECTOR_REFUSED("vector-refused"),
    /** Every queue interrupts when it is enabled, before DRIVER_OK and without work. */
    INTERRUPT_TOO_SOON("interrupt-too-soon"),

    /** The used entry names an id that is the size of the queue. */
    USED_ID_OUTSIDE("used-id-outside"),
    /** The used entry names an id of no request in flight; outside if all are in flight. */
    USED_ID_UNKNOWN("used-id-unknown"),
    /** The request is given back twice, in two entries that follow each other. */
    USED_ID_TWICE("used-id-twice"),
    /**
     * More is shown as used than is in flight: the used index moves on by more than the size of the
     * queue, or a packed descriptor is used that was not available. The queue is dead afterwards.
     */
    USED_INDEX_JUMPS("used-index-jumps"),
    /**
     * The used index is one less than before; in a packed ring the used descriptor is written one
     * slot too early. The queue is dead afterwards.
     */
    USED_INDEX_BACK("used-index-back"),
    /** After the request, used entries with its id follow without end while the driver looks. */
    USED_INDEX_RUNS("used-index-runs"),
    /** The used length is one byte more than the writable part of the request. */
    USED_LENGTH_BEYOND("used-length-beyond"),
    /** The used length is one byte, or none if only one was written. */
    USED_LENGTH_BELOW_HEADER("used-length-below-header"),
    /** The used length is one byte less than was written. */
    USED_LENGTH_SHORT("used-length-short"),
    /** The used length is 0. */
    USED_LENGTH_NONE("used-length-none"),
    /** The last writable byte of the request, the status of a disk, becomes 0x77. */
    STATUS_NONSENSE("status-nonsense"),
    /** The last writable byte of the request stays, or becomes, 0xff. */
    STATUS_UNTOUCHED("status-untouched"),
    /** The first ten writable bytes, the header of a frame but num_buffers, become 0xff. */
    HEADER_NONSENSE("header-nonsense"),
    /** The port's number in a control message of a console is 0x7f7f7f7f. */
    PORT_UNKNOWN("port-unknown"),
    /** num_buffers of a received frame is 0. */
    NUM_BUFFERS_NONE("num-buffers-none"),
    /** num_buffers of a received frame is 65535. */
    NUM_BUFFERS_MANY("num-buffers-many"),
    /**
     * Descriptors, their next fields and the entries of the available ring are overwritten before
     * the request is given back; in a packed ring the addresses are. Not with a thread of its own:
     * the device itself could read what it wrote.
     */
    SCRIBBLES_RINGS("scribbles-rings"),
    /** The last bytes of what was written go on changing after the request was given back. */
    REWRITES_BUFFER("rewrites-buffer"),
    /** The request is served and never given back. */
    NEVER_COMPLETES("never-completes"),
    /**
     * The request is given back when a reset of device or queue was asked for, before the reset is
     * confirmed, which takes three reads; without a reset never.
     */
    LATE_COMPLETION("late-completion"),
    /** Four bytes behind the request's last writable buffer are overwritten. */
    WRITES_OUTSIDE("writes-outside"),
    /** Event index and flags of the device say nonsense until the device works again. */
    EVENTS_NONSENSE("events-nonsense"),
    /** Packed rings only: AVAIL and USED of the used descriptor have the wrong wrap counter. */
    WRAP_BIT_WRONG("wrap-bit-wrong"),
    /**
     * The request is given back after the two that follow it, or after one if no second comes at
     * once; also with IN_ORDER.
     */
    ORDER_BROKEN("order-broken"),
    /** After the request, interrupts without work arrive for half a second, 100 us apart. */
    INTERRUPT_STORM("interrupt-storm"),
    /** The interrupt of the request is not sent. */
    INTERRUPT_LOST("interrupt-lost"),
    /** The interrupt of the request is sent some 2 ms before its used entry can be seen. */
    INTERRUPT_EARLY("interrupt-early");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** What people type after {@code fault=}. */
    public String label() {
        return label;
    }

    /** True if it acts on one request, at the ring. */
    public boolean isOnRing() {
        return compareTo(USED_ID_OUTSIDE) >= 0;
    }

    static Fault parse(String text) {
        List<String> labels = new ArrayList<>();
        for (Fault fault : values()) {
            if (fault.label.equals(text)) {
                return fault;
            }
            labels.add(fault.label);
        }
        throw new IllegalArgumentException(
                String.format(
                        "setting fault=%s: there is no such fault. Use one of %s.",
                        text, String.join(", ", labels)));
    }
}
