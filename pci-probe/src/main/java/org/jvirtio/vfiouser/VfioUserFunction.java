package org.jvirtio.vfiouser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Closing;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;
import org.jvirtio.sysfs.CommandRegister;

/**
 * A function that another process serves at a UNIX socket. Needs neither root nor a kernel module
 * nor a guest. An address in a ring is one that the server was told of, whatever the device takes
 * it for.
 *
 * <p>Not thread-safe, but for its registers: the threads of a device may ring their doorbells at
 * once.
 */
public final class VfioUserFunction implements PciFunction {

    private final ClientSession session;
    private final VfioUserDevice device;
    private final VfioUserRegions regions;
    private final List<Bar> bars;
    private final CommandRegister command;
    private final MemoryBlocks blocks;
    private final DmaArena arena;
    private final VfioUserInterrupts interrupts;
    private final Closing closing;

    private VfioUserFunction(
            ClientSession session, VfioUserDevice device, VfioUserRegions regions) {
        this.session = session;
        this.device = device;
        this.regions = regions;
        Registers config = regions.config();
        bars = VfioUserBars.bars(config, regions.lengths());
        command = new CommandRegister(config);
        blocks = new MemoryBlocks(session);
        arena = new DmaArena(blocks);
        interrupts = new VfioUserInterrupts(session, device, config);
        closing =
                new Closing()
                        .step(command::stopBusMaster)
                        .step(interrupts::disable)
                        .unlessQuarantined(blocks::close)
                        .step(command::restore)
                        .step(regions::close)
                        .step(session::close);
    }

    /**
     * Connects to a server.
     *
     * @throws org.jvirtio.EnvironmentException if nobody listens there, or it refuses us
     * @throws org.jvirtio.DeviceBrokenException if it breaks the protocol
     * @throws org.jvirtio.DeviceTimeoutException if it does not answer
     */
    public static VfioUserFunction open(Path socket) {
        return open(socket, ClientOptions.ofProperties());
    }

    /** The same, with the longest that a request may take. */
    public static VfioUserFunction open(Path socket, Duration limit) {
        return open(socket, ClientOptions.ofProperties().withLimit(limit));
    }

    /** The same, whatever the properties of this JVM say. */
    public static VfioUserFunction open(Path socket, ClientOptions options) {
        ClientSession session = ClientSession.connect(socket, options);
        VfioUserRegions regions = null;
        try {
            VfioUserDevice device = new VfioUserDevice(session);
            regions = new VfioUserRegions(session, device);
            return new VfioUserFunction(session, device, regions);
        } catch (RuntimeException e) {
            if (regions != null) {
                regions.close();
            }
            session.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return session.name();
    }

    @Override
    public Registers config() {
        return regions.config();
    }

    @Override
    public List<Bar> bars() {
        return bars;
    }

    @Override
    public Registers open(Window window) {
        command.decodeBars();
        return regions.open(window);
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        command.masterBus();
        return arena;
    }

    @Override
    public FunctionInterrupts interrupts() {
        return interrupts;
    }

    /** How each window that was opened is reached. */
    @Override
    public List<String> decisions() {
        return regions.decisions();
    }

    @Override
    public void reset() {
        device.reset();
    }

    @Override
    public void quarantine() {
        closing.quarantine();
        arena.quarantine();
    }

    /**
     * Gives the function back. Whatever fails, since the server may be gone: the memory and the
     * connection are given up. After a {@link #quarantine} the memory stays, which the server may
     * still write to.
     */
    @Override
    public void close() {
        closing.close();
    }
}
