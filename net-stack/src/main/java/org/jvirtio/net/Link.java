package org.jvirtio.net;

import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;

/**
 * The wire below the protocols: the first pair of queues of a driver, and whoever watches. A frame
 * to send is written in the buffer that {@link #take} shows, and then sent or put back.
 */
final class Link {

    static final int NONE = NetTransmitQueue.NONE;

    private final NetReceiveQueue receive;
    private final NetTransmitQueue transmit;
    private final FrameWatch watch;
    private final DropCounts drops;
    private final int frameBytes;
    private final long mac;

    private final Arrivals arrivals;
    private final Frame outgoing = new Frame();

    Link(NetDriver driver, FrameWatch watch, DropCounts drops) {
        this.watch = watch;
        this.drops = drops;
        receive = driver.receive(0);
        arrivals = new Arrivals(receive);
        transmit = driver.transmit(0);
        frameBytes = Ethernet.PAYLOAD + driver.mtu();
        mac = driver.mac().bits();
    }

    /** The address of this station. */
    long mac() {
        return mac;
    }

    /** Bytes of the longest frame, Ethernet's header included. */
    int frameBytes() {
        return frameBytes;
    }

    /** Frames that came, at most {@code most}; they stay until {@link #refill}. */
    int harvest(int most) {
        return receive.harvest(most);
    }

    /** Frame {@code index} of the harvest; the view is the same object each time. */
    Frame received(int index) {
        Frame frame = arrivals.show(index);
        watch.saw(frame, frame.length());
        return frame;
    }

    void refill() {
        receive.refill();
    }

    /**
     * Takes a buffer and shows it in {@link #outgoing}; {@link #NONE}, counted, if all are used.
     */
    int take() {
        int buffer = transmit.take();
        if (buffer == NONE && transmit.harvest() > 0) {
            buffer = transmit.take();
        }
        if (buffer == NONE) {
            drops.add(DropReason.NO_BUFFER);
        } else {
            show(buffer);
        }
        return buffer;
    }

    /** The buffer that was taken or shown last. */
    Frame outgoing() {
        return outgoing;
    }

    /** Shows a buffer that was taken before. */
    Frame show(int buffer) {
        return outgoing.at(transmit.memory(), transmit.frame(buffer), frameBytes);
    }

    /** Sends the frame that {@link #outgoing} shows. */
    void send(int buffer, int length) {
        watch.saw(outgoing, length);
        if (!transmit.offer(buffer, length)) {
            drops.add(DropReason.NO_BUFFER);
            transmit.putBack(buffer);
        }
    }

    void putBack(int buffer) {
        transmit.putBack(buffer);
    }

    /** Shows the device what was sent, and takes buffers back. */
    void submit() {
        transmit.submit();
        transmit.harvest();
    }
}
