package org.jvirtio.lab.faults;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockGeometry;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.Fault;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;
import org.jvirtio.transport.Transports;

/** The models of this process, which also tell what a driver did wrong. */
final class EmulatedBench implements Bench {

    /** ACKNOWLEDGE, DRIVER and DRIVER_OK (virtio 1.4 section 2.1), and FEATURES_OK. */
    private static final int RUNNING_LEGACY = 0x07;

    private static final int RUNNING = 0x0f;

    private static final long COLLECTION_NANOS = 50_000_000;

    private final DeviceType type;
    private EmulatedFunction model;
    private Mask mask;
    private KeptRules rules;

    EmulatedBench(String device) {
        try (EmulatedFunction function = EmulatedDevices.parse(device)) {
            this.type = DeviceIdentity.of(function.config()).type().orElseThrow();
        }
    }

    @Override
    public DeviceType type() {
        return type;
    }

    @Override
    public PciFunction open(Injection injection) {
        model = EmulatedDevices.parse(injection.model());
        switch (injection.surroundings()) {
            case LEFT_RUNNING -> leaveRunning(model);
            case ABANDONED -> abandon(model);
            case COLLECTED -> {
                abandon(model);
                collect();
            }
            default -> {}
        }
        mask = new Mask(injection);
        rules = new KeptRules(injection);
        return rules.over(mask.over(model));
    }

    @Override
    public String harm(Injection injection) {
        if (isSound(injection) && !model.complaints().isEmpty()) {
            return "the driver did what is forbidden: " + model.complaints();
        }
        if (isOnRing(injection.fault()) && model.faultsDone() != 1) {
            return "the fault did not come to act";
        }
        return mask.harm() + rules.harm();
    }

    /** What the driver before did counts as well: its memory is still the device's. */
    private static boolean isSound(Injection injection) {
        return injection.isClean()
                || injection.surroundings() == Surroundings.ABANDONED
                || injection.surroundings() == Surroundings.COLLECTED;
    }

    private static boolean isOnRing(String options) {
        List<String> words = List.of(options.split(",", -1));
        return Arrays.stream(Fault.values())
                .filter(Fault::isOnRing)
                .anyMatch(fault -> words.contains("fault=" + fault.label()));
    }

    /** Somebody else started the device and went away without a reset. */
    private static void leaveRunning(EmulatedFunction function) {
        VirtioLayout layout = LayoutChoice.of(function, Policy.AUTO).require();
        if (layout instanceof VirtioLayout.Legacy legacy) {
            Registers registers = function.open(legacy.registers());
            registers.write(LegacyRegister.DEVICE_STATUS, RUNNING_LEGACY);
        } else {
            Registers registers = function.open(common(layout));
            registers.write(CommonRegister.DEVICE_STATUS, RUNNING);
        }
        function.complaints().clear();
    }

    /** The driver is neither closed nor known to anybody afterwards. */
    private static void abandon(EmulatedFunction function) {
        VirtioLayout layout = LayoutChoice.of(function, Policy.AUTO).require();
        BlockDriver disk = BlockDriver.start(Transports.open(function, DeviceType.BLOCK, layout));
        int bytes = BlockGeometry.SECTOR_BYTES;
        DmaRegion data = disk.device().allocate(bytes, bytes);
        disk.queue(0).offerRead(0, data, 0, bytes, 0);
        disk.queue(0).submit();
    }

    /** A finaliser or cleaner that frees what the driver had would have its turn here. */
    private static void collect() {
        System.gc();
        LockSupport.parkNanos(COLLECTION_NANOS);
    }

    private static Window common(VirtioLayout layout) {
        return layout instanceof VirtioLayout.Virtio1 virtio1
                ? virtio1.common()
                : ((VirtioLayout.RegisterSets) layout).queues();
    }
}
