package org.jvirtio.transport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.Transport;
import org.jvirtio.pci.PciFunction;

/**
 * The device status (virtio 1.4 section 2.1), wherever a layout keeps it, and what hangs on it: the
 * reset (2.4), and the order in which a device is given up.
 */
final class StatusRegister {

    /** What the bus answers when nobody is there. */
    private static final int ALL_ONES = 0xff;

    private static final long NAP_NANOS = 100_000;

    private final PciFunction function;
    private final FunctionCommand command;
    private final Registers registers;
    private final Register register;
    private boolean closed;

    StatusRegister(PciFunction function, Registers registers, Register register) {
        this.function = function;
        this.command = new FunctionCommand(function);
        this.registers = registers;
        this.register = register;
    }

    /** Reads the status, whatever it is: 0xff means that nobody answers. */
    int peek() {
        return registers.read(register);
    }

    /**
     * Reads the status of a device that is there.
     *
     * @throws DeviceBrokenException if all bits are set, which no device says of itself
     */
    int read() {
        int status = peek();
        if (status == ALL_ONES) {
            throw gone();
        }
        return status;
    }

    /** Sets one more bit. Before DRIVER_OK, which starts the device, it may reach memory. */
    void add(DeviceStatus bit) {
        int status = read();
        if (bit == DeviceStatus.DRIVER_OK) {
            command.masterBus();
        }
        registers.write(register, status | bit.mask());
    }

    /**
     * Writes 0 and waits until 0 is read. If that does not happen the function is quarantined: the
     * device may go on writing to memory.
     */
    void reset(Duration limit) {
        try {
            registers.write(register, 0);
            awaitZero(limit);
        } catch (RuntimeException unconfirmed) {
            function.quarantine();
            throw unconfirmed;
        }
    }

    /** Resets the device and then closes the function, in this order, also if the reset fails. */
    void closeFunction() {
        if (closed) {
            return;
        }
        closed = true;
        try (function) {
            reset(Transport.resetLimit());
        }
    }

    private void awaitZero(Duration limit) {
        long start = System.nanoTime();
        for (int status = read(); status != 0; status = read()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw stuck(status, limit);
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private DeviceTimeoutException stuck(int status, Duration limit) {
        return new DeviceTimeoutException(
                String.format(
                        "Resetting %s: the device status is still %s after %d ms. The memory it"
                                + " was given stays allocated, since it may still write there."
                                + " The device is stuck: restart it, or raise the limit with"
                                + " -Djvirtio.resetMillis.",
                        function.name(), DeviceStatus.describe(status), limit.toMillis()));
    }

    private DeviceBrokenException gone() {
        int bits = command.read();
        String advice =
                command.decodesBars(bits)
                        ? "the device is gone: was it unplugged, or did its model stop?"
                        : "its BARs are switched off: somebody else changed the command register.";
        return new DeviceBrokenException(
                String.format(
                        "Reading the device status of %s: 0xff, all ones, and the PCI command"
                                + " register is 0x%04x; %s",
                        function.name(), bits, advice));
    }
}
