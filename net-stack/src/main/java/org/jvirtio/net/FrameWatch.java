package org.jvirtio.net;

/** Sees every frame of a {@link Link}, in the order in which they come and go. */
public interface FrameWatch {

    /** Sees nothing. */
    FrameWatch NONE = (frame, length) -> {};

    /**
     * A frame came in, or is about to be sent.
     *
     * @param frame may not be kept or changed
     * @param length its bytes
     */
    void saw(Frame frame, int length);
}
