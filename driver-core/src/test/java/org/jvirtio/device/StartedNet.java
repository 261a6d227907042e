package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.partner.PartnerNet.frame;

import org.jvirtio.Feature;
import org.jvirtio.partner.PartnerNet;

/** A driver that was started on a network device in memory, for the tests of its queues. */
abstract class StartedNet {

    PartnerNet net;
    NetDriver driver;
    NetTransmitQueue transmit;
    NetReceiveQueue receive;

    void start(Feature... offered) {
        net = new PartnerNet(offered);
        open();
    }

    void open() {
        driver = NetDriver.start(net.transport);
        transmit = driver.transmit(0);
        receive = driver.receive(0);
    }

    void offer(byte[] frame) {
        int buffer = transmit.take();
        PartnerNet.put(transmit.memory(), transmit.frame(buffer), frame);
        assertTrue(transmit.offer(buffer, frame.length));
    }

    /** What arrives at the device is there for the driver. */
    int arrive(byte[] frame) {
        net.peer.arrive(frame);
        net.transport.device.run();
        return receive.harvest(256);
    }

    byte[] received(int index) {
        byte[] frame = new byte[receive.length(index)];
        assertEquals(frame.length, receive.copyTo(index, frame, 0));
        return frame;
    }
}
