package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.Interrupt;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.lab.Subject;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.lab.trace.TraceText;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;

/**
 * A device on the bench: its registers bare, memory that it reaches, and the steps from reset to
 * running, each to be done, left out or done wrong.
 *
 * <p>Nothing here protects the device from the driver, as a production driver would. What protects
 * this machine is left: memory stays the device's until a reset is confirmed.
 */
final class Bench implements AutoCloseable {

    private static final int MOST_ENTRIES = 256;
    private static final int WINDOWS = 4;

    private final PciFunction function;
    private final PciFunction opened;
    private final RecordingFunction.InMemory recording;
    private final VirtioLayout layout;
    private final BareRegisters registers;
    private BenchMemory memory;
    private FeatureSet accepted = FeatureSet.NONE;

    Bench(Subject subject) {
        this.opened = subject.opener().get();
        try {
            this.recording = RecordingFunction.inMemory(opened, TraceText.REPORTED_EVENTS);
            this.function = recording.function();
            this.layout = LayoutChoice.of(function, subject.policy()).require();
            this.registers = new BareOpener(function).open(layout);
        } catch (RuntimeException failure) {
            try (opened) {
                throw failure;
            }
        }
    }

    /** The latest accesses, one a line. */
    List<String> trace() {
        return TraceText.lines(recording.trace());
    }

    // ---- What it is

    PciFunction function() {
        return function;
    }

    Registers config() {
        return function.config();
    }

    VirtioLayout layout() {
        return layout;
    }

    BareRegisters registers() {
        return registers;
    }

    Optional<CommonRegisters> common() {
        return registers instanceof CommonRegisters common ? Optional.of(common) : Optional.empty();
    }

    boolean isLegacy() {
        return registers.isLegacy();
    }

    DeviceIdentity identity() {
        return DeviceIdentity.of(config());
    }

    DeviceType type() {
        return identity()
                .type()
                .orElseThrow(
                        () ->
                                new EndedException(
                                        Finding.skip("its type has no name: %s", identity())));
    }

    CapabilityList capabilities() {
        return CapabilityList.of(config());
    }

    /**
     * A field of the device configuration. One that lies outside ends the check: an offered feature
     * has to bring its fields.
     */
    long field(Register field) {
        Registers config = registers.deviceConfig();
        if (field.offset() + field.width() > config.length()) {
            throw new EndedException(
                    Finding.fail(
                            "%s lies at %d, and the configuration has %d bytes",
                            field.name(), field.offset(), config.length()));
        }
        return field.width() == 8 ? config.read64(field) : config.read(field) & 0xffffffffL;
    }

    /** True if the function could be driven by that layout, too. */
    boolean shows(Policy.Order other) {
        return LayoutChoice.of(function, Policy.of(other)).layout().isPresent();
    }

    // ---- Features and status

    FeatureSet offered() {
        FeatureSet all = FeatureSet.NONE;
        for (int i = 0; i < (isLegacy() ? 1 : WINDOWS); i++) {
            all = all.or(FeatureSet.ofWindow(i, registers.offered(i)));
        }
        return all;
    }

    boolean offers(Feature feature) {
        return offered().has(feature);
    }

    FeatureSet accepted() {
        return accepted;
    }

    /** What has to be accepted for anything to work; framing is free then where it can be. */
    FeatureSet base() {
        FeatureSet wanted =
                isLegacy()
                        ? FeatureSet.of(RingFeature.ANY_LAYOUT)
                        : FeatureSet.of(RingFeature.VERSION_1, RingFeature.ACCESS_PLATFORM);
        return wanted.and(offered());
    }

    /** Writes 0 and waits until 0 reads. */
    void reset() {
        registers.writeStatus(0);
        if (!Waiting.await(() -> registers.status() == 0)) {
            throw new WedgedException(
                    String.format(
                            "resetting %s: the status is still %s after %d ms",
                            function.name(),
                            DeviceStatus.describe(registers.status()),
                            Waiting.limitMillis()));
        }
        accepted = FeatureSet.NONE;
    }

    void addStatus(DeviceStatus bit) {
        registers.writeStatus(registers.status() | bit.mask());
    }

    boolean has(DeviceStatus bit) {
        return bit.in(registers.status());
    }

    /** Status as people read it. */
    String status() {
        return DeviceStatus.describe(registers.status());
    }

    /** From reset to DRIVER. */
    void greet() {
        reset();
        addStatus(DeviceStatus.ACKNOWLEDGE);
        addStatus(DeviceStatus.DRIVER);
    }

    /** From reset to FEATURES_OK; false if the device does not leave it set. */
    boolean accept(FeatureSet features) {
        greet();
        for (int i = 0; i < (isLegacy() ? 1 : WINDOWS); i++) {
            registers.accept(i, features.window(i));
        }
        accepted = features;
        if (isLegacy()) {
            return true;
        }
        addStatus(DeviceStatus.FEATURES_OK);
        return has(DeviceStatus.FEATURES_OK);
    }

    /** From reset to FEATURES_OK with the base and more, which were offered. */
    void negotiate(Feature... more) {
        FeatureSet wanted = base().or(FeatureSet.of(more));
        if (!accept(wanted)) {
            throw new EndedException(
                    Finding.fail(
                            "accepting %s: FEATURES_OK does not stay, status %s",
                            wanted.names(RingFeature.values()), status()));
        }
    }

    // ---- Queues and memory

    /** Fresh bytes, zero, aligned to 64. */
    Buffer buffer(int length) {
        return memory().buffer(length);
    }

    private BenchMemory memory() {
        if (memory == null) {
            Addressing addressing =
                    base().has(RingFeature.ACCESS_PLATFORM)
                            ? Addressing.PLATFORM
                            : Addressing.PHYSICAL;
            memory = new BenchMemory(function.dmaMemory(addressing));
        }
        return memory;
    }

    /** Sets up a queue in the negotiated format, with the device's size or a smaller one. */
    BareQueue openQueue(int queue) {
        return openQueue(queue, Math.min(MOST_ENTRIES, registers.queueSize(queue)));
    }

    BareQueue openQueue(int queue, int entries) {
        int own = registers.queueSize(queue);
        int size = isLegacy() ? own : entries;
        if (size <= 0) {
            throw new EndedException(Finding.skip("queue %d has %d entries", queue, own));
        }
        if (size != own) {
            registers.writeQueueSize(queue, size);
        }
        BareQueue made = makeQueue(size);
        registers.enableQueue(queue, made.addresses());
        return made;
    }

    private BareQueue makeQueue(int size) {
        return accepted.has(RingFeature.RING_PACKED)
                ? new BarePackedQueue(memory().pages(BarePackedQueue.bytes(size)), size)
                : new BareSplitQueue(memory().pages(BareSplitQueue.bytes(size)), size);
    }

    /** From reset to DRIVER_OK with the queue that samples go through. */
    BareQueue run(Feature... more) {
        negotiate(more);
        BareQueue queue = openQueue(Sample.queueOf(type()));
        addStatus(DeviceStatus.DRIVER_OK);
        return queue;
    }

    BareSplitQueue runSplit(Feature... more) {
        return (BareSplitQueue) run(more);
    }

    BarePackedQueue runPacked(Feature... more) {
        List<Feature> all = new ArrayList<>(List.of(more));
        all.add(RingFeature.RING_PACKED);
        return (BarePackedQueue) run(all.toArray(Feature[]::new));
    }

    /** A request that every device of this type answers, in buffers of its own. */
    Sample sample() {
        return Sample.of(this);
    }

    void doorbell() {
        registers.doorbell(Sample.queueOf(type()));
    }

    /** Offers, rings and waits for a request of the sample queue. */
    BareQueue.Used request(BareQueue queue, List<Piece> chain) {
        return request(queue, Sample.queueOf(type()), chain);
    }

    BareQueue.Used request(BareQueue queue, int index, List<Piece> chain) {
        queue.offer(chain);
        registers.doorbell(index);
        return awaitUsed(queue);
    }

    BareQueue.Used awaitUsed(BareQueue queue) {
        List<BareQueue.Used> found = new ArrayList<>();
        if (!Waiting.await(() -> queue.poll().map(found::add).isPresent())) {
            throw new EndedException(
                    Finding.fail(
                            "a request is not used within %d ms, status %s",
                            Waiting.limitMillis(), status()));
        }
        return found.get(0);
    }

    // ---- Notifications

    /** Turns MSI-X on with as many vectors as this reach delivers, at most {@code wanted}. */
    List<Interrupt> enableMsix(int wanted) {
        int possible = function.interrupts().msixVectors();
        if (possible == 0) {
            throw new EndedException(
                    Finding.skip("no MSI-X here: %s", function.interrupts().limitation()));
        }
        return function.interrupts().enableMsix(Math.min(wanted, possible));
    }

    /** The device's configuration as something that it tells of. */
    ConfigNotification configNotification() {
        return new ConfigNotification(this, opened);
    }

    /** Resets the device and gives the function back; what it may still write to is never freed. */
    @Override
    public void close() {
        try (function) {
            try {
                reset();
            } catch (RuntimeException unconfirmed) {
                function.quarantine();
                throw unconfirmed;
            }
            if (memory != null) {
                memory.close();
            }
        }
    }
}
