package org.jvirtio.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jvirtio.EnvironmentException;

/**
 * Writes down what goes over another backend, in both directions, as a {@link PcapFile} with
 * nanoseconds. A disk that is full ends the capture, not the device.
 */
final class PcapCapture implements NetBackend {

    private static final int SNAPLEN = 16;

    private final NetBackend inner;
    private OutputStream out;

    /**
     * Begins a capture.
     *
     * @param path is written anew
     * @throws EnvironmentException if that cannot be; {@code inner} is closed then
     */
    PcapCapture(NetBackend inner, Path path) {
        this.inner = inner;
        try {
            out = new BufferedOutputStream(Files.newOutputStream(path));
            byte[] header = new byte[PcapFile.HEADER_BYTES];
            ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
            fields.putInt(PcapFile.NANOSECONDS).putShort((short) 2).putShort((short) 4);
            fields.putInt(SNAPLEN, PcapFile.MOST_BYTES);
            fields.putInt(PcapFile.LINK_TYPE, PcapFile.ETHERNET);
            out.write(header);
        } catch (IOException e) {
            inner.close();
            throw new EnvironmentException(
                    "writing the capture " + path + ": " + e + ". Choose another capture=FILE.", e);
        }
    }

    @Override
    public void connect(Port port) {
        inner.connect(
                frame -> {
                    note(frame);
                    port.receive(frame);
                });
    }

    @Override
    public void transmit(byte[] frame) {
        note(frame);
        inner.transmit(frame);
    }

    @Override
    public void driverReady() {
        inner.driverReady();
    }

    @Override
    public long lostFrames() {
        return inner.lostFrames();
    }

    @Override
    public void close() {
        inner.close();
        end();
    }

    private synchronized void note(byte[] frame) {
        if (out == null) {
            return;
        }
        Instant now = Instant.now();
        byte[] record = new byte[PcapFile.RECORD_BYTES];
        ByteBuffer fields = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt((int) now.getEpochSecond()).putInt(now.getNano());
        fields.putInt(frame.length).putInt(frame.length);
        try {
            out.write(record);
            out.write(frame);
        } catch (IOException e) {
            end();
        }
    }

    private synchronized void end() {
        OutputStream last = out;
        out = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            return; // What is on the disk is all there is.
        }
    }
}
