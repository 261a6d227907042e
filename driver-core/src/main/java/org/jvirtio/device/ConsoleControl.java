package org.jvirtio.device;

import java.util.List;
import java.util.Optional;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.Virtqueue;

/**
 * The conversation about the ports of a console (virtio 1.4 section 5.3.6.2):
 *
 * <pre>
 *   driver  DEVICE_READY             PORT_READY                           PORT_OPEN
 *   device                PORT_ADD               CONSOLE_PORT PORT_NAME PORT_OPEN ...
 * </pre>
 *
 * <p>What cannot be true is ignored and counted. A message is only taken while there is room for
 * the answer, so a device that asks and never listens has to stop asking. Under the driver's lock.
 */
final class ConsoleControl {

    static final int RECEIVE_QUEUE = 2;
    static final int TRANSMIT_QUEUE = 3;

    /**
     * QEMU 7.2 loses a message for which no buffer waits, and its queue holds 32. It sends a name
     * whole, however long the buffer is (and claims so), hence a page.
     */
    private static final int BUFFERS = 64;

    private static final int BUFFER_BYTES = 4096;

    /** Of what we say, each the header of a message and no more. */
    private static final int SLOT_BYTES = 64;

    private static final String WHAT = "talking about the ports of a console";

    private final Virtqueue receive;
    private final Virtqueue transmit;
    private final ConsoleBuffers incoming;
    private final ConsoleBuffers outgoing;
    private final ConsoleDrops drops;
    private final List<ConsolePort> ports;
    private final long mostPorts;

    /**
     * Gives the device buffers for what it has to say.
     *
     * @param ports all that have queues, by their numbers, whether they are plugged in or not
     * @param mostPorts what the device says it can have
     */
    ConsoleControl(
            RunningDevice device, ConsoleDrops drops, List<ConsolePort> ports, long mostPorts) {
        this.drops = drops;
        this.ports = ports;
        this.mostPorts = mostPorts;
        receive = device.queue(RECEIVE_QUEUE);
        transmit = device.queue(TRANSMIT_QUEUE);
        incoming = new ConsoleBuffers(device, receive, BUFFERS, BUFFER_BYTES);
        outgoing = new ConsoleBuffers(device, transmit, BUFFERS, SLOT_BYTES);
        refill();
    }

    /** Whether {@link #say} has room. */
    boolean hasRoom() {
        for (int i = 0; i < BUFFERS && transmit.poll(); i++) {
            outgoing.putBack(outgoing.polled(WHAT));
        }
        return outgoing.hasFree();
    }

    /** Tells the device something; there must be room. */
    void say(int port, ConsoleEvent event, boolean yes) {
        int slot = outgoing.take();
        NativeMemory memory = outgoing.memory();
        long start = outgoing.start(slot);
        memory.write32(start + ConsoleField.ID.offset(), port);
        memory.write16(start + ConsoleField.EVENT.offset(), event.number());
        memory.write16(start + ConsoleField.VALUE.offset(), yes ? 1 : 0);
        transmit.offerReadable(outgoing.deviceAddress(slot), ConsoleField.HEADER_BYTES, slot);
        transmit.publish();
        transmit.ringIfAsked();
    }

    /**
     * Hears what the device said, at most as much as its buffers hold; true if it said anything.
     */
    boolean serve() {
        int heard = 0;
        while (heard < BUFFERS && hasRoom() && receive.poll()) {
            byte[] message = takeMessage();
            hear(message);
            heard++;
        }
        return heard > 0;
    }

    /** Asks for an interrupt at the next message; true if there is one already. */
    boolean arm() {
        return receive.enableInterrupts();
    }

    /** As {@link #arm}, for the room to say something. */
    boolean armForRoom() {
        return transmit.enableInterrupts();
    }

    /** Copied first, then the buffer is the device's again, and only then is it looked at. */
    private byte[] takeMessage() {
        int buffer = incoming.polled(WHAT);
        byte[] message = new byte[(int) receive.usedLength()];
        incoming.memory().copyTo(incoming.start(buffer), message, 0, message.length);
        incoming.putBack(buffer);
        refill();
        return message;
    }

    private void refill() {
        while (incoming.hasFree()) {
            int buffer = incoming.take();
            if (!receive.offerWritable(incoming.deviceAddress(buffer), BUFFER_BYTES, buffer)) {
                incoming.putBack(buffer);
                break;
            }
        }
        receive.publish();
        receive.ringIfAsked();
    }

    private void hear(byte[] bytes) {
        Optional<ConsoleMessage> message = ConsoleMessage.of(bytes);
        if (message.isPresent()) {
            hear(message.get());
        } else {
            drops.count(ConsoleDrop.TOO_SHORT);
        }
    }

    private void hear(ConsoleMessage message) {
        Optional<ConsoleEvent> event = message.event();
        int number = message.port();
        if (event.isEmpty()) {
            drops.count(ConsoleDrop.UNKNOWN_EVENT);
        } else if (number < 0 || number >= ports.size()) {
            refuse(number, event.get());
        } else if (event.get() == ConsoleEvent.DEVICE_ADD) {
            add(ports.get(number));
        } else if (ports.get(number).isPlugged()) {
            tell(message, event.get(), ports.get(number));
        } else {
            drops.count(ConsoleDrop.UNKNOWN_PORT);
        }
    }

    /** A port that the device may well have is one that we have no queues for; it is told so. */
    private void refuse(int number, ConsoleEvent event) {
        drops.count(ConsoleDrop.UNKNOWN_PORT);
        if (event == ConsoleEvent.DEVICE_ADD && number >= 0 && number < mostPorts) {
            say(number, ConsoleEvent.PORT_READY, false);
        }
    }

    private void add(ConsolePort port) {
        if (port.isPlugged()) {
            drops.count(ConsoleDrop.ADDED_AGAIN);
        } else {
            port.plugged();
            say(port.id(), ConsoleEvent.PORT_READY, true);
        }
    }

    private void tell(ConsoleMessage message, ConsoleEvent event, ConsolePort port) {
        switch (event) {
            case DEVICE_REMOVE -> port.unplugged();
            case CONSOLE_PORT -> {
                // 5.3.6.2.2: it is answered "with a PORT_OPEN message, with value set to 1".
                port.becameConsole();
                say(port.id(), ConsoleEvent.PORT_OPEN, true);
            }
            case RESIZE -> port.resized(message.size());
            case PORT_OPEN -> port.hostMoved(message.isYes());
            default -> name(message, port);
        }
    }

    private void name(ConsoleMessage message, ConsolePort port) {
        Optional<String> name = message.name();
        if (name.isPresent()) {
            port.named(name.get());
        } else {
            drops.count(ConsoleDrop.BAD_NAME);
        }
    }
}
