package org.jvirtio.lab.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Handshake;
import org.jvirtio.LayoutException;
import org.jvirtio.RequestException;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;
import org.jvirtio.Waiting;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockGeometry;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsolePort;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetTransmitQueue;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Our own driver at work on a function for a moment, from the choice of a layout to the reset: what
 * there is to record. Nothing on the device is changed: a disk is read, a network gets one frame of
 * zeros to nobody, and the first port of a console a line.
 *
 * <pre>
 *   phase choice   phase start   phase work   phase end
 * </pre>
 */
public final class DriverRun {

    private static final int ENTROPY_BYTES = 64;

    /** Destination, source and type of Ethernet, and the least payload. */
    private static final int SHORTEST_FRAME = 60;

    private static final byte[] LINE = "jvirtio\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Duration FOR_A_PORT = Duration.ofSeconds(1);

    private final RecordingFunction function;
    private final boolean work;

    private DriverRun(RecordingFunction function, boolean work) {
        this.function = function;
        this.work = work;
    }

    /**
     * Drives {@code function} and closes it.
     *
     * @param work false: the device is started and closed again
     * @throws org.jvirtio.VirtioException as the driver throws it; the function is closed then, too
     */
    public static void run(RecordingFunction function, Policy policy, boolean work) {
        try (function) {
            new DriverRun(function, work).run(policy);
        }
    }

    private void run(Policy policy) {
        function.phase("choice");
        LayoutChoice choice = Transports.confirm(function, LayoutChoice.of(function, policy));
        DeviceType type =
                choice.identity()
                        .type()
                        .orElseThrow(
                                () ->
                                        new LayoutException(
                                                "recording "
                                                        + function.name()
                                                        + ": it is no virtio device of a known type ("
                                                        + choice.identity()
                                                        + "). Name another function."));
        function.phase("start");
        Transport transport = Transports.open(function, type, choice.require());
        switch (type) {
            case ENTROPY -> entropy(transport);
            case BLOCK -> block(transport);
            case NETWORK -> net(transport);
            case CONSOLE -> console(transport);
            default -> startOnly(transport, type);
        }
    }

    private void entropy(Transport transport) {
        try (EntropyDriver driver = EntropyDriver.start(transport)) {
            if (begins()) {
                // So that the way of the interrupt is recorded, too.
                driver.device().setWaiting(0, Waiting.interrupt());
                driver.fill(new byte[ENTROPY_BYTES]);
                resetQueue(driver.device());
            }
            function.phase("end");
        }
    }

    /** Where a queue can be reset alone, that is done too. */
    private static void resetQueue(RunningDevice device) {
        if (device.has(RingFeature.RING_RESET)) {
            device.resetQueue(0);
        }
    }

    private void block(Transport transport) {
        try (BlockDriver driver = BlockDriver.start(transport)) {
            if (begins()) {
                driver.read(0, new byte[BlockGeometry.SECTOR_BYTES]);
                driver.refresh();
            }
            function.phase("end");
        }
    }

    private void net(Transport transport) {
        try (NetDriver driver = NetDriver.start(transport)) {
            if (begins()) {
                driver.refresh();
                NetTransmitQueue transmit = driver.transmit(0);
                transmit.offer(transmit.take(), SHORTEST_FRAME);
                transmit.submit();
                transmit.await();
            }
            function.phase("end");
        }
    }

    /** The line may come back or not. */
    private void console(Transport transport) {
        try (ConsoleDriver driver = ConsoleDriver.start(transport)) {
            if (begins() && driver.await(() -> !driver.ports().isEmpty(), FOR_A_PORT)) {
                driver.size();
                ConsolePort port = driver.ports().get(0);
                port.open();
                port.write(LINE, 0, LINE.length);
                port.drain(FOR_A_PORT);
                port.read(new byte[LINE.length], 0, LINE.length);
            }
            function.phase("end");
        } catch (IOException e) {
            throw new RequestException(e.getMessage(), e);
        }
    }

    /** There is no driver of ours for the type; any has a first queue. */
    private void startOnly(Transport transport, DeviceType type) {
        try (RunningDevice device = Handshake.run(transport, DriverNeeds.of(type))) {
            device.check();
            function.phase("end");
        }
    }

    private boolean begins() {
        if (work) {
            function.phase("work");
        }
        return work;
    }
}
