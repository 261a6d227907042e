package org.jvirtio.lab.matrix;

import org.jvirtio.Transport;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetMac;
import org.jvirtio.device.NetTransmitQueue;

/**
 * The work of a network whose other end nobody here has: frames are sent, and the device has to
 * give each buffer back. What becomes of a frame cannot be seen.
 */
final class LoneNetWork {

    private static final int FRAMES = 4;
    private static final int FRAME_BYTES = 60;

    /** "IEEE 802 Local Experimental": nobody takes these for something else. */
    private static final int TYPE = 0x88b5;

    private LoneNetWork() {}

    static void drive(Transport transport, CellDrive drive) {
        try (NetDriver driver = NetDriver.start(transport, drive.needs(NetDriver.needs()))) {
            if (drive.isStarted("", driver.device())) {
                for (int i = 0; i < FRAMES; i++) {
                    send(driver.transmit(0), driver.mac());
                }
                drive.findings().that("frames sent", true, "");
                drive.worked("", driver.device().lostInterrupts());
            }
        }
    }

    /** To the device's own address, so that no switch floods it. */
    private static void send(NetTransmitQueue transmit, NetMac mac) {
        int buffer = transmit.take();
        long frame = transmit.frame(buffer);
        transmit.memory().fill(frame, FRAME_BYTES, 0);
        for (int i = 0; i < NetMac.BYTES; i++) {
            transmit.memory().write8(frame + i, mac.octet(i));
            transmit.memory().write8(frame + NetMac.BYTES + i, mac.octet(i));
        }
        transmit.memory().write8(frame + 2 * NetMac.BYTES, TYPE >> Byte.SIZE);
        transmit.memory().write8(frame + 2 * NetMac.BYTES + 1, TYPE);
        if (!transmit.offer(buffer, FRAME_BYTES)) {
            throw new IllegalStateException("no room for one frame in an idle queue");
        }
        transmit.submit();
        transmit.await();
    }
}
