package org.jvirtio.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes emulated functions from what people type after {@code emulated:}, for example {@code
 * block,layout=mail-fast-isr,size=16M}.
 *
 * <p>A comma within a value is written twice, as for QEMU. Options of every device:
 *
 * <ul>
 *   <li>{@code layout=}: legacy, register-set, virtio1, transitional (legacy+virtio1), {@code
 *       mail-transitional}, {@code mail-fast-isr}, {@code mail-slow-isr}, or several joined by +
 *   <li>{@code vectors=N} of MSI-X, 0 for none; {@code intx=off}
 *   <li>{@code queue=N} entries; {@code thread=on}: the model works beside the driver
 *   <li>{@code platform=on}: offers ACCESS_PLATFORM; {@code msix-dwords=on}: the register-set
 *       capability has 28 bytes
 *   <li>{@code ring=packed}: offers RING_PACKED; {@code offer=}: more features of the ring, joined
 *       by +: ring-packed, in-order, notification-data, notif-config-data, ring-reset; or {@code
 *       all}
 *   <li>{@code order=reversed}, {@code order=random,shuffle=N} with a seed, {@code batch=N}, {@code
 *       delay=N}, {@code entries=last}: how requests are given back, see {@link Completion}
 *   <li>{@code fault=}: stuck-reset, used-id-outside, ...: see {@link Fault}; {@code fault-at=N}:
 *       on which request, 0 is the first
 * </ul>
 *
 * <p>Of block: {@code image=FILE} or {@code size=N[K|M|G]}, {@code readonly=on}, {@code queues=N},
 * {@code blocksize=N}, {@code serial=TEXT}, {@code discard=off}, {@code cache-control=off}. Of
 * entropy: {@code seed=N}, {@code longest=N} bytes of one answer. Of net: {@code
 * mac=52:54:00:12:34:56} or {@code mac=none}, {@code mtu=N}, {@code status=off}, {@code
 * mergeable=off}, {@code control=off}, {@code pairs=N} of queues, {@code checksums=off}, {@code
 * open-checksums=on}: they are left to the driver, {@code flaps=N} of the link; {@code
 * capture=FILE} writes its frames as a pcap file. It is connected by one of {@code hub=NAME}, with
 * all others of that name; {@code listen=PATH} or {@code connect=PATH}, with another process as
 * QEMU's {@code -netdev stream}; {@code tap=NAME}, with this machine; {@code replay=FILE}, with a
 * pcap file. Without, it receives what it sends.
 *
 * <p>Of console: {@code ports=N}, {@code cols=N}, {@code rows=N}, and {@code socket=PATH}, where
 * one at a time may connect, or {@code pty=PATH}, which becomes a link to a terminal; further ports
 * are at PATH.1, PATH.2, ... With {@code crossed=on} ports 0 and 1, 2 and 3, ... receive what the
 * other transmits. Without, each port is an echo.
 */
public final class EmulatedDevices {

    private static final String PREFIX = "emulated:";
    private static final long DEFAULT_SIZE = 64L << 20;
    private static final List<String> DEVICES = List.of("block", "console", "entropy", "net");

    /** Puts a function around a model. */
    private interface Maker<F> {
        F make(String name, DeviceModel model, FunctionOptions options);
    }

    private EmulatedDevices() {}

    /** What can be named without options: each device in each layout. */
    public static List<String> all() {
        List<String> names = new ArrayList<>();
        for (String device : DEVICES) {
            for (String layout : ShownLayouts.NAMES) {
                names.add(device + ",layout=" + layout);
            }
        }
        return List.copyOf(names);
    }

    /**
     * Makes the function that {@code text} describes, with or without {@code emulated:} before it.
     *
     * @throws IllegalArgumentException if there is no such device, option or value
     * @throws org.jvirtio.EnvironmentException if an image cannot be opened
     */
    public static EmulatedFunction parse(String text) {
        return make(text, EmulatedFunction::new);
    }

    /**
     * As {@link #parse}, for a driver that is somewhere else. The model works when {@link
     * ModelFunction#serve} is called, whatever {@code thread=} says.
     */
    public static ModelFunction served(String text, DriverSide driver) {
        return make(
                text,
                (name, model, options) ->
                        new ModelFunction(name, model, options.timing(Timing.DEFERRED), driver));
    }

    private static <F> F make(String text, Maker<F> maker) {
        String rest = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        DeviceText device = DeviceText.parse(rest);
        FunctionOptions options = functionOptions(device);
        DeviceModel model =
                switch (device.kind()) {
                    case "block" -> block(device);
                    case "console" -> ConsoleText.model(device);
                    case "entropy" -> entropy(device);
                    case "net" -> NetText.model(device);
                    default ->
                            throw new IllegalArgumentException(
                                    String.format(
                                            "making '%s': there is no emulated device '%s'. Use"
                                                    + " one of %s.",
                                            text, device.kind(), String.join(", ", DEVICES)));
                };
        device.requireAllUsed();
        try {
            return maker.make(PREFIX + rest, model, options);
        } catch (IllegalArgumentException e) {
            model.close(); // Options that do not go together: nobody else has its image.
            throw e;
        }
    }

    private static FunctionOptions functionOptions(DeviceText device) {
        FunctionOptions options =
                new FunctionOptions()
                        .layout(device.text("layout", "virtio1"))
                        .intx(device.flag("intx", true))
                        .queueSize((int) device.number("queue", 256))
                        .accessPlatform(device.flag("platform", false))
                        .msixDwords(device.flag("msix-dwords", false))
                        .completion(completion(device))
                        .faultAt((int) device.number("fault-at", 0))
                        .fault(Fault.parse(device.text("fault", Fault.NONE.label())));
        offer(device, options);
        if (device.flag("thread", false)) {
            options.timing(Timing.OWN_THREAD);
        }
        long vectors = device.number("vectors", -1);
        return vectors < 0 ? options : options.vectors((int) vectors);
    }

    private static void offer(DeviceText device, FunctionOptions options) {
        if (device.choice("ring", "split", "packed").equals("packed")) {
            options.offer(RingBit.RING_PACKED.bit);
        }
        String more = device.text("offer", "");
        if (!more.isEmpty()) {
            options.offer(RingBit.parse(more));
        }
    }

    private static Completion completion(DeviceText device) {
        Completion way =
                Completion.AT_ONCE
                        .batch(Math.max(1, (int) device.number("batch", 1)))
                        .delay((int) device.number("delay", 0));
        String order = device.choice("order", "as-offered", "reversed", "random");
        long shuffle = device.number("shuffle", 1);
        if (order.equals("reversed")) {
            way = way.reversed();
        } else if (order.equals("random")) {
            way = way.random(shuffle);
        }
        return device.choice("entries", "each", "last").equals("last") ? way.lastEntryOnly() : way;
    }

    private static DeviceModel entropy(DeviceText device) {
        return new EntropyModel(
                device.number("seed", 1), device.number("longest", Integer.MAX_VALUE));
    }

    private static DeviceModel block(DeviceText device) {
        BlockOptions options =
                new BlockOptions()
                        .queues((int) device.number("queues", 1))
                        .readOnly(device.flag("readonly", false))
                        .blockSize((int) device.number("blocksize", 512))
                        .discard(device.flag("discard", true))
                        .cacheControl(device.flag("cache-control", true))
                        .serial(device.text("serial", "jvirtio"));
        String image = device.text("image", "");
        long size = device.size("size", DEFAULT_SIZE);
        device.requireAllUsed();
        BlockBacking backing =
                image.isEmpty()
                        ? new MemoryBacking(size)
                        : FileBacking.open(Path.of(image), options.isReadOnly());
        return new BlockModel(backing, options);
    }
}
