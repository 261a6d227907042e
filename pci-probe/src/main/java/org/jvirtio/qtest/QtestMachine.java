package org.jvirtio.qtest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.sysfs.PciAddress;

/**
 * One QEMU without a guest. Its socket has room for one connection, so all functions of this
 * process share it; the last one that is closed gives it up. Functions of one machine may be driven
 * by different threads.
 */
public final class QtestMachine implements AutoCloseable {

    /** Long enough for a timer of a device to come due soon, short enough to wait for little. */
    private static final String STEP = "clock_step 100000";

    private static final Map<Path, QtestMachine> OPEN = new HashMap<>();

    private final Path place;
    private final Path memoryFile;
    private final QtestSocket socket;
    private final BusCycles ports;
    private final BusCycles memoryCycles;
    private final QtestMemory memory;
    private final QtestBus bus;
    private final boolean stepped;
    private final PinRouting pins;
    private final String pinLimitation;
    private int users;

    private QtestMachine(Path place, QtestSocket socket, Path memoryFile) {
        this.place = place;
        this.memoryFile = absolute(memoryFile);
        this.socket = socket;
        ports = BusCycles.ports(socket);
        memoryCycles = BusCycles.memory(socket);
        requireLittleEndian();
        stepped = socket.tryCommand(STEP);
        bus = QtestBus.find(this);
        pins = PinRouting.of(this);
        pinLimitation = interceptPins();
        memory = QtestMemory.map(memoryFile, socket);
    }

    /**
     * Connects, or shares the connection that there is. Each attachment is closed once.
     *
     * @param socket that QEMU listens at
     * @param memory the file with its memory
     * @throws EnvironmentException if either is not there, or they do not belong together
     */
    public static QtestMachine attach(Path socket, Path memory) {
        Path place = absolute(socket);
        synchronized (OPEN) {
            QtestMachine machine = OPEN.get(place);
            if (machine == null || machine.socket.isEnded()) {
                machine = connect(place, memory);
                OPEN.put(place, machine);
            }
            machine.requireMemory(memory);
            machine.users++;
            return machine;
        }
    }

    private static QtestMachine connect(Path place, Path memory) {
        QtestSocket socket = QtestSocket.connect(place, answerLimit());
        try {
            return new QtestMachine(place, socket, memory);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Each command is answered at once, unless the machine that QEMU runs on is very busy. */
    private static Duration answerLimit() {
        return Duration.ofMillis(Long.getLong("jvirtio.qtestMillis", 10_000));
    }

    /** One QEMU has one memory: of two names for it one is wrong. */
    private void requireMemory(Path file) {
        if (!memoryFile.equals(absolute(file))) {
            throw new EnvironmentException(
                    "attaching to QEMU at "
                            + place
                            + " with the memory "
                            + file
                            + ": this process is attached already, with "
                            + memoryFile
                            + ". Name that one.");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private void requireLittleEndian() {
        String endianness = socket.word("endianness");
        if (!endianness.equals("little")) {
            throw new EnvironmentException(
                    "attaching to QEMU at "
                            + place
                            + ": its processor is '"
                            + endianness
                            + "' endian. Only a PC has the ports by which we find its functions:"
                            + " start qemu-system-x86_64 -machine q35.");
        }
    }

    private String interceptPins() {
        if (pins == PinRouting.UNKNOWN) {
            return "how the interrupt pins of this machine are led to its I/O APIC is known for q35"
                    + " and pc only";
        }
        return socket.tryCommand("irq_intercept_in ioapic")
                ? ""
                : "QEMU cannot intercept the pins of its I/O APIC";
    }

    /** The functions on its root bus. */
    public List<PciAddress> functions() {
        return bus.functions();
    }

    /**
     * Makes all functions ready to be driven, as firmware would: gives an address to each BAR that
     * has none, and leads interrupt pins that lead nowhere. Done for whoever opens the first
     * function, if not before.
     */
    public void settle() {
        synchronized (socket) {
            bus.settle();
            pins.lead(this);
        }
    }

    Registers config(PciAddress address) {
        return new QtestRegisters(new ConfigCycles(socket, ports, address), 0, ConfigCycles.LENGTH);
    }

    List<Bar> bars(PciAddress address) {
        bus.require(address);
        settle();
        return bus.bars(address);
    }

    /**
     * What a function looks like to somebody who writes nothing, if that tells where its BARs are.
     */
    Optional<byte[]> configBytes(PciAddress address) {
        Registers config = bus.require(address);
        if (!bus.hasAddresses()) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(ConfigCycles.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putInt(config.read32(bytes.position()));
        }
        return Optional.of(bytes.array());
    }

    /** Registers in a BAR. */
    Registers registers(Bar bar, long offset, long length) {
        BusCycles cycles = bar.space() == Bar.Space.IO ? ports : memoryCycles;
        return new QtestRegisters(cycles, bar.address() + offset, length);
    }

    QtestMemory memory() {
        return memory;
    }

    /** Why interrupt pins are not seen; empty if they are. */
    String pinLimitation() {
        return pinLimitation;
    }

    /**
     * Whether the pin of some function is up. Which one is not told: they share lines, and whoever
     * waits looks at its own device then.
     */
    boolean pinRaised() {
        return socket.pinRaised();
    }

    /** Lets time go by for devices, if the clock of this machine goes by steps only. */
    void passTime() {
        if (stepped) {
            socket.command(STEP);
        }
    }

    /** Gives up one attachment, with the last one the connection. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(place, this);
                memory.close();
                socket.close();
            }
        }
    }
}
