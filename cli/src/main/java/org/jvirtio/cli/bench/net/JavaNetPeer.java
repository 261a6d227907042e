package org.jvirtio.cli.bench.net;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.VirtioException;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.device.NetDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** Our driver through VFIO, sender and receiver in one process, a thread and a function each. */
final class JavaNetPeer {

    private static final long RAMP_NANOS = 300_000_000;

    /** Far more than one harvest takes, on a machine that is busy. */
    private static final long GRACE_NANOS = 10_000_000_000L;

    private JavaNetPeer() {}

    /** Both functions must be bound to vfio-pci. */
    static Testpmd.Rates measure(NetCell cell, double seconds) throws InterruptedException {
        try (NetDriver receiver = start(NetPort.RECEIVER);
                NetDriver sender = start(NetPort.SENDER)) {
            return measure(receiver, sender, cell, (long) (seconds * 1e9));
        }
    }

    static Testpmd.Rates measure(NetDriver receiver, NetDriver sender, NetCell cell, long nanos)
            throws InterruptedException {
        ExecutorService receiving = Executors.newSingleThreadExecutor();
        try {
            FrameReceiver frames = new FrameReceiver(receiver, cell);
            Future<Double> received =
                    receiving.submit(
                            () -> {
                                frames.run(RAMP_NANOS);
                                return frames.run(nanos);
                            });
            FrameSender sending = new FrameSender(sender, cell);
            sending.run(RAMP_NANOS);
            double transmitted = sending.run(nanos);
            return new Testpmd.Rates(transmitted, result(received));
        } finally {
            awaitEnd(receiving, nanos);
        }
    }

    /** Whoever called closes the drivers next, and with them the rings that the receiver reads. */
    private static void awaitEnd(ExecutorService receiving, long nanos)
            throws InterruptedException {
        receiving.shutdown();
        if (!receiving.awaitTermination(RAMP_NANOS + nanos + GRACE_NANOS, TimeUnit.NANOSECONDS)) {
            throw new DeviceBrokenException(
                    "receiving frames: no end of it in "
                            + TimeUnit.NANOSECONDS.toSeconds(RAMP_NANOS + nanos + GRACE_NANOS)
                            + " s. Start again.");
        }
    }

    private static double result(Future<Double> received) throws InterruptedException {
        try {
            return received.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VirtioException told) {
                throw told;
            }
            throw new DeviceBrokenException("receiving frames: " + e.getCause());
        }
    }

    private static NetDriver start(NetPort port) {
        PciFunction function = GuestVfio.open(port.address());
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        return NetDriver.start(
                Transports.open(function, DeviceType.NETWORK, choice.require()),
                NetDriver.needs().withInterrupts(InterruptMode.POLLING));
    }
}
