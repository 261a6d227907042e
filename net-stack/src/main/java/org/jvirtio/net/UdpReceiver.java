package org.jvirtio.net;

/** Takes what comes to a {@link UdpPort}, on the thread that turns the stack. */
public interface UdpReceiver {

    /**
     * A datagram came. What this throws comes out of {@link NetStack#turn}.
     *
     * @param port where it came; may be used to answer
     * @param datagram valid until this returns
     */
    void receive(UdpPort port, Datagram datagram);
}
