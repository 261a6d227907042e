package org.jvirtio.vfiouser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.Mapping;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfio.IrqIndex;
import org.jvirtio.vfio.IrqInfoField;
import org.jvirtio.vfio.IrqSetField;
import org.jvirtio.vfio.RegionInfoField;

/**
 * The server's end of a real socket: a function with a configuration space and BAR 1, whose answers
 * a test replaces one by one.
 */
final class ScriptedServer implements AutoCloseable {

    static final int BAR = 1;
    static final int BAR_LENGTH = 0x3000;
    static final int CONFIG = 7;

    /** The most that write(2) makes of an event descriptor's counter, unsigned. */
    private static final long FULL = -2;

    /** How long its client waits for an answer. */
    private static final Duration LIMIT = Duration.ofMillis(400);

    /** Answers one command, or whatever else a test makes of it. */
    interface Answer {
        void to(MessageSocket client);
    }

    /** Memory that the client told of; null where it passed no descriptor. */
    record Told(long address, long size, Mapping mapping) {}

    final NativeMemory config = NativeMemory.allocate(256);
    final NativeMemory bar = NativeMemory.allocate(BAR_LENGTH);
    final List<Told> memory = new CopyOnWriteArrayList<>();
    final List<EventFd> interrupts = new CopyOnWriteArrayList<>();
    final List<Command> asked = new CopyOnWriteArrayList<>();
    final List<Integer> irqFlags = new CopyOnWriteArrayList<>();
    volatile Capabilities capabilities = Capabilities.DEFAULTS;
    volatile MessageSocket client;
    volatile String ended = "";

    private final Map<Command, Answer> answers = new EnumMap<>(Command.class);
    private final Path path;
    private final UnixListener listener;
    private final Thread thread;

    ScriptedServer(Path path) {
        this.path = path;
        listener = UnixListener.bind(path);
        thread = new Thread(this::serve, "scripted server");
        thread.setDaemon(true);
        capabilities = new Capabilities(8, 1 << 20, 65535, 4096, false, -1, false);
        config.write32(0, 0x1041_1af4);
        config.write8(0x3d, 1);
        config.write8(0x34, 0x40);
        config.write8(6, 0x10);
        config.write32(0x40, 3 << 16 | 0x11); // MSI-X, four vectors
        answers.put(Command.VERSION, this::version);
        answers.put(Command.DEVICE_GET_INFO, this::deviceInfo);
        answers.put(Command.DEVICE_GET_REGION_INFO, this::regionInfo);
        answers.put(Command.DEVICE_GET_IRQ_INFO, this::irqInfo);
        answers.put(Command.DEVICE_SET_IRQS, this::setIrqs);
        answers.put(Command.REGION_READ, this::regionRead);
        answers.put(Command.REGION_WRITE, this::regionWrite);
        answers.put(Command.DMA_MAP, this::dmaMap);
        answers.put(Command.DMA_UNMAP, this::dmaUnmap);
        answers.put(Command.DEVICE_RESET, socket -> socket.sendReply(0));
    }

    /** Replaces an answer. */
    ScriptedServer answering(Command command, Answer answer) {
        answers.put(command, answer);
        return this;
    }

    ScriptedServer start() {
        thread.start();
        return this;
    }

    VfioUserFunction open() {
        return VfioUserFunction.open(path, LIMIT);
    }

    ClientSession connect() {
        return ClientSession.connect(path, ClientOptions.ofProperties().withLimit(LIMIT));
    }

    private void serve() {
        UnixSocket socket = listener.accept(TimeUnit.SECONDS.toNanos(10));
        if (socket == null) {
            return;
        }
        try (MessageSocket served =
                new MessageSocket(socket, "the client", Duration.ofSeconds(1))) {
            served.allowDescriptors(64);
            served.allowPayload(1 << 21);
            client = served;
            while (true) {
                if (served.receive(TimeUnit.SECONDS.toNanos(10)) && !served.received().isReply()) {
                    asked.add(served.received().command());
                    Answer answer = answers.get(served.received().command());
                    if (answer == null) {
                        served.sendError(Errno.EOPNOTSUPP);
                    } else {
                        answer.to(served);
                    }
                }
            }
        } catch (VirtioException e) {
            ended = e.getMessage();
        }
    }

    private void version(MessageSocket socket) {
        socket.sendReply(new Version(0, 1, capabilities).write(socket));
    }

    private void deviceInfo(MessageSocket socket) {
        NativeMemory out = socket.out();
        out.write32(DeviceInfoField.ARGSZ.offset(), DeviceInfoField.LENGTH);
        out.write32(
                DeviceInfoField.FLAGS.offset(),
                DeviceInfoField.FLAG_PCI | DeviceInfoField.FLAG_RESET);
        out.write32(DeviceInfoField.NUM_REGIONS.offset(), 9);
        out.write32(DeviceInfoField.NUM_IRQS.offset(), 5);
        socket.sendReply(DeviceInfoField.LENGTH);
    }

    private void regionInfo(MessageSocket socket) {
        socket.sendReply(plainRegion(socket));
    }

    /** Writes a region without capabilities; its length. */
    int plainRegion(MessageSocket socket) {
        int index = socket.received().payload().read32(RegionInfoField.INDEX.offset());
        NativeMemory out = socket.out();
        out.fill(0, RegionInfoField.LENGTH, 0);
        out.write32(RegionInfoField.ARGSZ.offset(), RegionInfoField.LENGTH);
        out.write32(RegionInfoField.FLAGS.offset(), 3);
        out.write32(RegionInfoField.INDEX.offset(), index);
        long size = index == BAR ? BAR_LENGTH : index == CONFIG ? 256 : 0;
        out.write64(RegionInfoField.SIZE.offset(), size);
        return RegionInfoField.LENGTH;
    }

    private void irqInfo(MessageSocket socket) {
        int index = socket.received().payload().read32(IrqInfoField.INDEX.offset());
        NativeMemory out = socket.out();
        out.write32(IrqInfoField.ARGSZ.offset(), IrqInfoField.LENGTH);
        out.write32(
                IrqInfoField.FLAGS.offset(),
                IrqInfoField.FLAG_EVENTFD | IrqInfoField.FLAG_MASKABLE);
        out.write32(IrqInfoField.INDEX.offset(), index);
        boolean pin = index == IrqIndex.INTX.number();
        out.write32(IrqInfoField.COUNT.offset(), pin ? 1 : 4);
        socket.sendReply(IrqInfoField.LENGTH);
    }

    void setIrqs(MessageSocket socket) {
        irqFlags.add(socket.received().payload().read32(IrqSetField.FLAGS.offset()));
        for (int i = 0; i < socket.received().descriptors().count(); i++) {
            interrupts.add(
                    EventFd.adopt(socket.received().descriptors().take(i, "irq")).orElseThrow());
        }
        socket.sendReply(0);
    }

    private NativeMemory region(MessageSocket socket) {
        int region = socket.received().payload().read32(RegionAccessField.REGION.offset());
        return region == CONFIG ? config : bar;
    }

    void regionRead(MessageSocket socket) {
        NativeMemory request = socket.received().payload();
        long offset = request.read64(RegionAccessField.OFFSET.offset());
        int count = request.read32(RegionAccessField.COUNT.offset());
        socket.out().copyFrom(0, request, 0, RegionAccessField.LENGTH);
        socket.sendReply(RegionAccessField.LENGTH, region(socket), offset, count);
    }

    void regionWrite(MessageSocket socket) {
        NativeMemory request = socket.received().payload();
        long offset = request.read64(RegionAccessField.OFFSET.offset());
        int count = request.read32(RegionAccessField.COUNT.offset());
        region(socket).copyFrom(offset, request, RegionAccessField.DATA.offset(), count);
        socket.out().copyFrom(0, request, 0, RegionAccessField.LENGTH);
        socket.sendReply(RegionAccessField.LENGTH);
    }

    void dmaMap(MessageSocket socket) {
        NativeMemory request = socket.received().payload();
        long size = request.read64(DmaMapField.SIZE.offset());
        Mapping mapping = null;
        if (socket.received().descriptors().count() > 0) {
            int fd = socket.received().descriptors().take(0, "memory").fd();
            mapping = Mapping.ofFile(fd, request.read64(DmaMapField.OFFSET.offset()), size, "it");
            Libc.close(fd);
        }
        memory.add(new Told(request.read64(DmaMapField.ADDRESS.offset()), size, mapping));
        socket.sendReply(0);
    }

    private void dmaUnmap(MessageSocket socket) {
        NativeMemory request = socket.received().payload();
        long address = request.read64(DmaUnmapField.ADDRESS.offset());
        memory.removeIf(told -> told.address() == address);
        socket.out().copyFrom(0, request, 0, DmaUnmapField.LENGTH);
        socket.sendReply(DmaUnmapField.LENGTH);
    }

    /** Asks the client for a read of its memory; its answer. */
    static ReceivedMessage dmaRead(MessageSocket socket, long address, long count) {
        socket.out().write64(DmaAccessField.ADDRESS.offset(), address);
        socket.out().write64(DmaAccessField.COUNT.offset(), count);
        return ask(socket, Command.DMA_READ, DmaAccessField.LENGTH);
    }

    /** Asks the client for a write of eight bytes. */
    static ReceivedMessage dmaWrite(MessageSocket socket, long address, long value) {
        socket.out().write64(DmaAccessField.ADDRESS.offset(), address);
        socket.out().write64(DmaAccessField.COUNT.offset(), 8);
        socket.out().write64(DmaAccessField.DATA.offset(), value);
        return ask(socket, Command.DMA_WRITE, DmaAccessField.LENGTH + 8);
    }

    private static ReceivedMessage ask(MessageSocket socket, Command command, int bytes) {
        return socket.awaitReply(socket.sendCommand(command, bytes, false), command);
    }

    /** From now on a read or write of this descriptor waits, whoever does it. */
    static void block(EventFd event) {
        Libc.fcntl(event.fd(), Libc.F_SETFL, 0);
    }

    /** The same, and a write of 1 has to wait by now. */
    static void blockFull(EventFd event) {
        try (NativeMemory counter = NativeMemory.allocate(Long.BYTES)) {
            counter.write64(0, FULL);
            Libc.write(event.fd(), counter.address(), Long.BYTES);
        }
        block(event);
    }

    @Override
    public void close() {
        MessageSocket served = client;
        if (served != null) {
            served.shutdown();
        }
        listener.shutdown();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.close();
        interrupts.forEach(EventFd::close);
        for (Told told : memory) {
            if (told.mapping() != null) {
                told.mapping().close();
            }
        }
    }
}
