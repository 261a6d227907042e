package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jvirtio.pci.Bar;

/**
 * Puts the registers of one function into BARs and writes its configuration space.
 *
 * <pre>
 *   BAR0  I/O     legacy header, or the ISR byte alone (mail, fast ISR)
 *   BAR0  memory  everything of the mail's third example (slow ISR)
 *   BAR1  memory  register sets, MSI-X table and PBA
 *   BAR4  memory  virtio 1.x, 64-bit, 4 KiB each: common, ISR, device, doorbells (as QEMU does);
 *                 the last is larger where there are more than 1024 queues
 * </pre>
 */
final class FunctionPlan {

    /** A piece of a BAR that a virtio 1.x capability names. */
    private record Structure(int bar, long offset, long length) {}

    private static final int VENDOR = 0x1af4;
    private static final int MODERN_ID_BASE = 0x1040;
    private static final int MODERN_SUBSYSTEM = 0x1100;

    private static final int MEMORY_BAR_BYTES = 4096;
    private static final int ISR_BAR_BYTES = 8;

    private static final int VIRTIO1_BAR = 4;
    private static final int PIECE = 0x1000;
    private static final int VIRTIO1_COMMON = 0;
    private static final int VIRTIO1_ISR = PIECE;
    private static final int VIRTIO1_DEVICE = 2 * PIECE;
    private static final int VIRTIO1_DOORBELLS = 3 * PIECE;
    private static final int DOORBELL_STRIDE = 4;
    private static final int DOORBELL_BYTES = 2;

    /** No version of the common structure is as short. */
    private static final int CUT_BYTES = 16;

    /** Where the table lies if no register set shares the BAR. */
    private static final int MSIX_BAR = 1;

    private final ModelDevice device;
    private final FunctionOptions options;
    private final ShownLayouts shown;
    private final LayoutLatch latch;
    private final MsixTable msix;
    private final ConfigSpace config;
    private final NavigableMap<Integer, ModelBar> bars = new TreeMap<>();
    private final List<Structure> structures = new ArrayList<>();
    private final List<DoorbellPlace> doorbells = new ArrayList<>();

    FunctionPlan(
            ModelDevice device,
            FunctionOptions options,
            LayoutLatch latch,
            MsixTable msix,
            ConfigSpace config) {
        this.device = device;
        this.options = options;
        this.shown = options.layouts();
        this.latch = latch;
        this.msix = msix;
        this.config = config;
        requireRoomForVectors();
        writeIdentity();
        placeVirtio1();
        placeRegisterSets();
        placeLegacy();
        placeMsix();
        bars.values().forEach(this::writeBar);
    }

    /** The BARs, by index. */
    NavigableMap<Integer, ModelBar> bars() {
        return bars;
    }

    /** Every place where a queue can be notified with 16 bits, in every layout that is shown. */
    List<DoorbellPlace> doorbells() {
        return List.copyOf(doorbells);
    }

    /** True if a capability other than PCI_CFG names all of these bytes. */
    boolean hasStructure(int bar, long offset, int length) {
        return structures.stream()
                .anyMatch(
                        s ->
                                s.bar() == bar
                                        && offset >= s.offset()
                                        && offset - s.offset() <= s.length() - length);
    }

    private void requireRoomForVectors() {
        boolean shared = shown.has(LayoutKind.REGISTER_SET);
        if (shared && msix.vectors() > RegisterSetPlacement.MOST_VECTORS) {
            throw new IllegalArgumentException(
                    String.format(
                            "placing %d MSI-X vectors: between the table and the PBA of the"
                                    + " register-set layout is room for %d. Use fewer vectors, or"
                                    + " another layout.",
                            msix.vectors(), RegisterSetPlacement.MOST_VECTORS));
        }
    }

    private void writeIdentity() {
        DeviceModel model = device.model();
        boolean transitional = shown.has(LayoutKind.LEGACY);
        if (transitional && model.transitionalId() == 0) {
            throw new IllegalArgumentException(
                    "showing the legacy layout: "
                            + model.label()
                            + " devices have no transitional PCI id. Use layout=virtio1.");
        }
        int id = transitional ? model.transitionalId() : MODERN_ID_BASE + model.typeId();
        int revision = transitional ? 0 : 1;
        config.put(PciField.VENDOR_ID, VENDOR);
        config.put(PciField.DEVICE_ID, id);
        config.put(PciField.REVISION_AND_CLASS, (model.classCode() << 8) | revision);
        config.put(PciField.SUBSYSTEM_VENDOR_ID, VENDOR);
        config.put(PciField.SUBSYSTEM_ID, transitional ? model.typeId() : MODERN_SUBSYSTEM);
        config.put(PciField.INTERRUPT_PIN, options.intx() ? 1 : 0);
    }

    private void placeVirtio1() {
        if (!shown.has(LayoutKind.VIRTIO1)) {
            return;
        }
        long address = 0x38_0000_0000L;
        int doorbells = Math.max(PIECE, powerOfTwo(device.queueCount() * DOORBELL_STRIDE));
        int length = powerOfTwo(VIRTIO1_DOORBELLS + doorbells);
        Bar bar = new Bar(VIRTIO1_BAR, Bar.Space.MEMORY, true, true, address, length);
        bars.put(VIRTIO1_BAR, new ModelBar(bar));
        structure(VirtioCapability.COMMON, VIRTIO1_COMMON, new CommonBank(device));
        structure(VirtioCapability.ISR, VIRTIO1_ISR, new IsrBank(device));
        if (device.model().config().length() > 0) {
            structure(VirtioCapability.DEVICE, VIRTIO1_DEVICE, new ConfigBank(device));
        }
        DoorbellBank bank = new DoorbellBank(device, DOORBELL_STRIDE);
        put(VIRTIO1_DOORBELLS, doorbells, bank);
        ringAt(VIRTIO1_BAR, VIRTIO1_DOORBELLS, DOORBELL_STRIDE);
        config.addCapability(
                VirtioCapability.extended(
                        VirtioCapability.NOTIFY,
                        VIRTIO1_BAR,
                        VIRTIO1_DOORBELLS,
                        doorbells,
                        device.lies().strideShown(DOORBELL_STRIDE)));
        config.pciCfgAt(
                config.addCapability(
                        VirtioCapability.extended(VirtioCapability.PCI_CFG, 0, 0, 0, 0)));
    }

    private void structure(int type, int offset, RegisterBank bank) {
        put(offset, PIECE, bank);
        boolean cut = type == VirtioCapability.COMMON && options.fault() == Fault.SHORT_COMMON;
        int length = cut ? CUT_BYTES : PIECE;
        config.addCapability(VirtioCapability.structure(type, VIRTIO1_BAR, offset, length));
    }

    private void put(int offset, int length, RegisterBank bank) {
        RegisterBank guarded = latch.guard(LayoutKind.VIRTIO1, bank);
        bars.get(VIRTIO1_BAR).put(offset, length, guarded);
        structures.add(new Structure(VIRTIO1_BAR, offset, length));
    }

    private void placeRegisterSets() {
        if (!shown.has(LayoutKind.REGISTER_SET)) {
            return;
        }
        RegisterSetPlacement place = shown.placement();
        memoryBar(place.bar(), MEMORY_BAR_BYTES)
                .put(
                        RegisterSetPlacement.QUEUES,
                        RegisterSetBank.LENGTH,
                        latch.guard(LayoutKind.REGISTER_SET, new RegisterSetBank(device)))
                .put(
                        RegisterSetPlacement.CONFIG,
                        RegisterSetPlacement.MSIX_TABLE - RegisterSetPlacement.CONFIG,
                        latch.guard(LayoutKind.REGISTER_SET, new ConfigBank(device)));
        ringAt(place.bar(), RegisterSetPlacement.QUEUES + RegisterSetBank.DOORBELL, 0);
        if (place.hasIsr() && !shown.has(LayoutKind.LEGACY)) {
            ioBar(ISR_BAR_BYTES)
                    .put(0, 1, latch.guard(LayoutKind.REGISTER_SET, new IsrBank(device)));
        }
        config.addCapability(VirtioCapability.registerSets(dwords(place)));
    }

    private int[] dwords(RegisterSetPlacement place) {
        int legacy = shown.has(LayoutKind.LEGACY) ? VirtioCapability.present(0, 0) : 0;
        int queues = VirtioCapability.present(place.bar(), RegisterSetPlacement.QUEUES);
        int configuration = VirtioCapability.present(place.bar(), RegisterSetPlacement.CONFIG);
        int isr = place.hasIsr() ? VirtioCapability.present(0, place.isrOffset()) : 0;
        if (!options.msixDwords()) {
            return new int[] {legacy, queues, configuration, isr};
        }
        boolean none = msix.vectors() == 0;
        int table = VirtioCapability.present(place.bar(), RegisterSetPlacement.MSIX_TABLE);
        int pending = VirtioCapability.present(place.bar(), RegisterSetPlacement.MSIX_PENDING);
        return new int[] {legacy, queues, configuration, isr, none ? 0 : table, none ? 0 : pending};
    }

    private void placeLegacy() {
        if (!shown.has(LayoutKind.LEGACY)) {
            return;
        }
        int header =
                msix.vectors() > 0 ? LegacyField.CONFIG_WITH_MSIX : LegacyField.CONFIG_WITHOUT_MSIX;
        int used = header + device.model().config().length();
        int length = powerOfTwo(used);
        ModelBar bar = ioBar(length);
        if (shown.has(LayoutKind.REGISTER_SET)) {
            // The mail's "new virtio-isr" at BAR0+19: no use of the legacy layout.
            bar.put(LegacyField.ISR_STATUS.offset(), 1, latch.guardShared(new IsrBank(device)));
        }
        bar.put(0, length, latch.guard(LayoutKind.LEGACY, new LegacyBank(device)));
        ringAt(bar.bar().index(), LegacyField.QUEUE_NOTIFY.offset(), 0);
    }

    /** Notes where the doorbells are; a stride of 0 means that all queues share one. */
    private void ringAt(int bar, long offset, int stride) {
        for (int queue = 0; queue < device.queueCount(); queue++) {
            doorbells.add(
                    new DoorbellPlace(
                            bar,
                            offset + (long) queue * stride,
                            DOORBELL_BYTES,
                            queue,
                            stride == 0));
        }
    }

    private void placeMsix() {
        int vectors = msix.vectors();
        if (vectors == 0) {
            return;
        }
        boolean shared = shown.has(LayoutKind.REGISTER_SET);
        int bytes = vectors * MsixTable.ENTRY;
        int bar = shared ? shown.placement().bar() : MSIX_BAR;
        int table = shared ? RegisterSetPlacement.MSIX_TABLE : 0;
        int half = Math.max(MEMORY_BAR_BYTES / 2, powerOfTwo(bytes));
        int pending = shared ? RegisterSetPlacement.MSIX_PENDING : half;
        memoryBar(bar, 2L * half)
                .put(table, bytes, msix.table())
                .put(pending, 8L * ((vectors + 63) / 64), msix.pendingBits());
        config.msixAt(config.addCapability(VirtioCapability.msix(vectors, bar, table, pending)));
    }

    /** The least that has room for so many. */
    private static int powerOfTwo(int bytes) {
        return Integer.highestOneBit(Math.max(bytes, 2) - 1) << 1;
    }

    private ModelBar memoryBar(int index, long length) {
        long address = 0xfeb0_0000L + 0x1_0000L * index;
        return bars.computeIfAbsent(
                index,
                i -> new ModelBar(new Bar(i, Bar.Space.MEMORY, false, false, address, length)));
    }

    private ModelBar ioBar(long length) {
        ModelBar bar = new ModelBar(new Bar(0, Bar.Space.IO, false, false, 0xc000, length));
        bars.put(0, bar);
        return bar;
    }

    /** Writes address and type, and lets the address bits above the length be written (6.2.5.1). */
    private void writeBar(ModelBar model) {
        Bar bar = model.bar();
        int offset = PciField.BAR0.offset() + 4 * bar.index();
        boolean io = bar.space() == Bar.Space.IO;
        int type = io ? 1 : (bar.wide() ? 4 : 0) | (bar.prefetchable() ? 8 : 0);
        config.set(offset, 4, (int) bar.address() | type);
        config.allow(offset, 4, (int) -bar.length());
        if (bar.wide()) {
            config.set(offset + 4, 4, (int) (bar.address() >>> 32));
            config.allow(offset + 4, 4, -1);
        }
    }
}
