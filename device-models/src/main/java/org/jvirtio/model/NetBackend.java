package org.jvirtio.model;

/** What a network model is connected to. */
public interface NetBackend extends AutoCloseable {

    /** The model's side of the connection. */
    interface Port {

        /** A frame for the driver, from any thread; without buffers it waits, or is lost. */
        void receive(byte[] frame);
    }

    /** Connects a model; called once, before any frame. */
    void connect(Port port);

    /** A frame that the driver sent. Called under the function's lock. */
    void transmit(byte[] frame);

    /** The driver gave a receive buffer, and no frame waits for one. Called under the lock. */
    default void driverReady() {}

    /** Frames that went nowhere: the other side was not there, too slow, or sent no frame. */
    default long lostFrames() {
        return 0;
    }

    @Override
    default void close() {}

    /** What is transmitted is received by the same model. */
    static NetBackend loop() {
        return new NetBackend() {

            private Port port;

            @Override
            public void connect(Port own) {
                port = own;
            }

            @Override
            public void transmit(byte[] frame) {
                port.receive(frame);
            }
        };
    }
}
