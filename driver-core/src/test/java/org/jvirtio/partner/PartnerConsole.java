package org.jvirtio.partner;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.device.ConsoleConfig;
import org.jvirtio.device.ConsoleFeature;

/**
 * A console device behind a {@link PartnerTransport}, written from virtio 1.4 section 5.3. It says
 * what the test has it say, and hears.
 */
public final class PartnerConsole {

    public static final int PORTS = 3;

    private static final int CONTROL_RECEIVE = 2;
    private static final int CONTROL_TRANSMIT = 3;

    public final PartnerConfig config = new PartnerConfig(12);
    public final PartnerTransport transport;

    /** What the driver said, as {@code port:event=value}. */
    public final List<String> heard = new ArrayList<>();

    /** Does not look at what the driver says. */
    public boolean deaf;

    /** Added to each used length. */
    public int lengthLie;

    private final Deque<byte[]> messages = new ArrayDeque<>();

    public PartnerConsole(Feature... more) {
        FeatureSet features = FeatureSet.of(more).or(FeatureSet.of(RingFeature.VERSION_1));
        config.set(ConsoleConfig.COLS, 80).set(ConsoleConfig.ROWS, 25);
        config.set(ConsoleConfig.MAX_NR_PORTS, PORTS);
        transport = new PartnerTransport(DeviceType.CONSOLE, features, config);
        transport.device = this::run;
    }

    public static PartnerConsole ofPorts() {
        return new PartnerConsole(ConsoleFeature.MULTIPORT);
    }

    /** Says something about a port, as soon as there is a buffer. */
    public void say(int port, int event, int value, byte... more) {
        sayBytes(
                ByteBuffer.allocate(8 + more.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(port)
                        .putShort((short) event)
                        .putShort((short) value)
                        .put(more)
                        .array());
    }

    public void sayBytes(byte[] message) {
        messages.add(message);
        run();
    }

    /** Messages for which no buffer came. */
    public int unsaid() {
        return messages.size();
    }

    /** Brings bytes to a receive queue; false if there is no buffer. */
    public boolean bring(int queue, byte... bytes) {
        RingPeer ring = transport.rings.get(queue);
        if (!ring.hasRequest()) {
            return false;
        }
        write(ring, bytes);
        return true;
    }

    private void run() {
        if (transport.rings.size() <= CONTROL_TRANSMIT) {
            return;
        }
        RingPeer from = transport.rings.get(CONTROL_TRANSMIT);
        while (!deaf && from.hasRequest()) {
            hear(from);
        }
        RingPeer to = transport.rings.get(CONTROL_RECEIVE);
        while (!messages.isEmpty() && to.hasRequest()) {
            write(to, messages.remove());
        }
    }

    private void hear(RingPeer ring) {
        RingPeer.Request request = ring.take();
        RingPeer.Buffer buffer = request.buffers().get(0);
        if (request.buffers().size() != 1 || buffer.writable() || buffer.length() != 8) {
            throw new AssertionError("a control message of " + request.buffers());
        }
        var bytes = ring.bytes(buffer);
        heard.add(bytes.read32(0) + ":" + bytes.read16(4) + "=" + bytes.read16(6));
        ring.use(request.id(), 0);
    }

    private void write(RingPeer ring, byte[] bytes) {
        RingPeer.Request request = ring.take();
        ring.bytes(request.buffers().get(0)).copyFrom(0, bytes, 0, bytes.length);
        ring.use(request.id(), bytes.length + (long) lengthLie);
    }
}
