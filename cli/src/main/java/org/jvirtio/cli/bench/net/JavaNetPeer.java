package org.jvirtio.cli.bench.net;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.VirtioException;
import org.jvirtio.device.NetDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.transport.Transports;
import org.jvirtio.vfio.VfioFunction;

/** Our driver through VFIO, sender and receiver in one process, a thread and a function each. */
final class JavaNetPeer {

    private static final long RAMP_NANOS = 300_000_000;

    private JavaNetPeer() {}

    /** Both functions must be bound to vfio-pci. */
    static Testpmd.Rates measure(NetCell cell, double seconds) throws InterruptedException {
        long nanos = (long) (seconds * 1e9);
        ExecutorService receiving = Executors.newSingleThreadExecutor();
        try (NetDriver receiver = start(NetPort.RECEIVER);
                NetDriver sender = start(NetPort.SENDER)) {
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
            receiving.shutdownNow();
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
        PciFunction function =
                VfioFunction.open(new SysfsBus(), port.address(), DriverBinding.Permission.UNBOUND);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        return NetDriver.start(
                Transports.open(function, DeviceType.NETWORK, choice.require()),
                NetDriver.needs().withInterrupts(InterruptMode.POLLING));
    }
}
