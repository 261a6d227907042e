package org.jvirtio.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jvirtio.DeviceType;
import org.jvirtio.Waiting;
import org.jvirtio.cli.Functions;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockGeometry;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** A disk of {@code bench qtest}: one for each layout that QEMU makes, and for each ring format. */
enum QtestDisk {
    SPLIT("virtio1, split", 2, "disable-legacy=on"),
    PACKED("virtio1, packed", 3, "disable-legacy=on,packed=on"),
    LEGACY("legacy, split", 4, "disable-modern=on");

    /** Bytes of its image, which then lies in the page cache. */
    static final long BYTES = 16L << 20;

    private static final int REQUEST_BYTES = 4096;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final String label;
    private final int slot;
    private final String options;

    QtestDisk(String label, int slot, String options) {
        this.label = label;
        this.slot = slot;
        this.options = options;
    }

    /** Layout and ring. */
    String label() {
        return label;
    }

    List<String> qemuArguments(Path image) {
        return List.of(
                "-drive",
                "if=none,format=raw,id=d" + slot + ",file=" + QemuValue.of(image),
                "-device",
                "virtio-blk-pci,drive=d" + slot + ",addr=" + slot + "," + options);
    }

    /**
     * Starts it, and reads from it while it polls, then by interrupts.
     *
     * @param prefix of the name of a function of that QEMU
     * @param enumerated nanoseconds from a QEMU that is up to functions with addresses
     */
    void measure(String prefix, long enumerated, int reads, QtestFigures figures) {
        long begin = System.nanoTime();
        PciFunction function = Functions.openToDrive(prefix + "00:0" + slot + ".0");
        try (function;
                BlockDriver disk = start(function)) {
            figures.ready(this, enumerated + System.nanoTime() - begin);
            disk.device().setWaiting(0, Waiting.poll());
            figures.read(this, "polling", times(disk, reads));
            disk.device().setWaiting(0, Waiting.interrupt());
            figures.read(this, "MSI-X", times(disk, reads));
        }
    }

    private static BlockDriver start(PciFunction function) {
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        return BlockDriver.start(Transports.open(function, DeviceType.BLOCK, choice.require()));
    }

    /** Of single reads at any place, in nanoseconds. */
    private static Histogram times(BlockDriver disk, int reads) {
        Histogram times = new Histogram(LONGEST_NANOS, 3);
        byte[] bytes = new byte[REQUEST_BYTES];
        int sectors = REQUEST_BYTES / BlockGeometry.SECTOR_BYTES;
        Random places = new Random(reads);
        for (int i = 0; i < reads; i++) {
            long sector = (long) places.nextInt((int) (BYTES / REQUEST_BYTES)) * sectors;
            long begin = System.nanoTime();
            disk.read(sector, bytes);
            times.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - begin));
        }
        return times;
    }
}
