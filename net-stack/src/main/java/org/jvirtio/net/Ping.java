package org.jvirtio.net;

import java.time.Duration;
import java.util.Optional;

/**
 * One echo request (RFC 792), and what became of it. Its data is a pattern of its own, so that an
 * answer with other data is none.
 */
public final class Ping {

    private final Ipv4Address destination;
    private final int identifier;
    private final int sequence;
    private final int dataBytes;
    private long sentNanos;
    private long answeredNanos;
    private boolean answered;

    Ping(Ipv4Address destination, int identifier, int sequence, int dataBytes) {
        this.destination = destination;
        this.identifier = identifier;
        this.sequence = sequence;
        this.dataBytes = dataBytes;
    }

    public Ipv4Address destination() {
        return destination;
    }

    /** True once the same data came back from the host that was asked. */
    public boolean isAnswered() {
        return answered;
    }

    /** From when the request was made, ARP included, to when the answer was seen. */
    public Optional<Duration> roundTrip() {
        return answered
                ? Optional.of(Duration.ofNanos(answeredNanos - sentNanos))
                : Optional.empty();
    }

    int identifier() {
        return identifier;
    }

    int sequence() {
        return sequence;
    }

    int dataBytes() {
        return dataBytes;
    }

    void sent(long now) {
        sentNanos = now;
    }

    void answered(long now) {
        answered = true;
        answeredNanos = now;
    }

    boolean isAnswer(int source, int ofIdentifier, int ofSequence) {
        return source == destination.bits() && ofIdentifier == identifier && ofSequence == sequence;
    }

    void writeData(Frame frame, int offset) {
        for (int i = 0; i < dataBytes; i++) {
            frame.write8(offset + i, data(i));
        }
    }

    boolean isSameData(Frame frame, int offset, int length) {
        boolean same = length == dataBytes;
        for (int i = 0; same && i < dataBytes; i++) {
            same = frame.read8(offset + i) == data(i);
        }
        return same;
    }

    private int data(int index) {
        return sequence + index & 0xff;
    }
}
