package org.jvirtio.model;

import java.nio.file.Path;
import org.jvirtio.EnvironmentException;

/**
 * Replays a capture to the driver, a frame for each receive buffer that it gives, so that none is
 * lost; what the driver sends goes nowhere.
 *
 * <p>Used under the function's lock.
 */
final class PcapReplay implements NetBackend {

    private final PcapFile file;
    private Port port;
    private boolean over;

    /**
     * Opens a capture.
     *
     * @throws EnvironmentException if any part of it cannot be read
     */
    PcapReplay(Path path) {
        PcapFile.check(path);
        file = PcapFile.open(path);
    }

    @Override
    public void connect(Port own) {
        port = own;
    }

    @Override
    public void transmit(byte[] frame) {
        // There was nobody to answer when the capture was made.
    }

    @Override
    public void driverReady() {
        byte[] frame = over ? null : next();
        if (frame != null) {
            port.receive(frame);
        }
    }

    @Override
    public void close() {
        file.close();
    }

    /** Null at the end, or where the file has become bad since it was checked. */
    private byte[] next() {
        byte[] frame = null;
        try {
            frame = file.next();
        } catch (EnvironmentException e) {
            file.close();
        }
        over = frame == null;
        return frame;
    }
}
