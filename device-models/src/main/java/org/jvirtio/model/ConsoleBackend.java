package org.jvirtio.model;

/**
 * What one port of a console model is connected to: a stream of bytes in each direction.
 *
 * <p>Neither side keeps what the other does not take: it offers the rest again when told that there
 * is room. So nothing grows, however fast one side writes and however slowly the other reads.
 */
public interface ConsoleBackend extends AutoCloseable {

    /** The model's side of the connection; every method may be called from any thread. */
    interface Port {

        /**
         * Bytes for the driver.
         *
         * @return how many of them found room in its buffers; the rest is welcome after {@link
         *     ConsoleBackend#driverReady}
         */
        int receive(byte[] bytes, int count);

        /** There is room again for what the driver sends, after {@link #transmit} took less. */
        void transmitOn();

        /** Somebody came to the other end, or left it. */
        void hostOpen(boolean open);
    }

    /** Connects a port; called once, before any byte. */
    void connect(Port port);

    /**
     * Bytes that the driver sent. Called under the function's lock, so it does not wait.
     *
     * @return how many of them were taken, be it to be lost because nobody listens; the rest is
     *     offered again after {@link Port#transmitOn}
     */
    int transmit(byte[] bytes, int count);

    /** The driver has made buffers available. Called under the function's lock. */
    default void driverReady() {}

    /** Bytes that nobody was there to listen to. */
    default long lostBytes() {
        return 0;
    }

    @Override
    default void close() {}

    /** What is transmitted is received by the same port. */
    static ConsoleBackend loop() {
        return new ConsoleLoop();
    }
}
