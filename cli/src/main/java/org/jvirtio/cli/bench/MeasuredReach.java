package org.jvirtio.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.bench.block.ServedDisk;
import org.jvirtio.cli.bench.reach.DrivenDisk;
import org.jvirtio.cli.bench.reach.GuestReachBench;
import org.jvirtio.cli.bench.reach.ReachDisk;
import org.jvirtio.cli.bench.reach.ReachPlan;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.guest.QemuWithoutGuest;
import org.jvirtio.qtest.QtestMachine;

/** A reach of {@code bench reach}: how a disk of the virtio 1.x layout comes to be there. */
enum MeasuredReach {
    /** A model in this process, which works within the doorbell write. */
    EMULATED("emulated") {
        @Override
        ReachDisk open(Order order, Path directory, Path image) {
            return DrivenDisk.open(
                    "emulated:block,layout=virtio1,image=" + QemuValue.of(image),
                    order.plan(),
                    () -> {});
        }
    },
    /** A model in a process of its own. */
    VFIO_USER("vfio-user") {
        @Override
        ReachDisk open(Order order, Path directory, Path image) {
            ServedDisk served = ServedDisk.serve(directory, image, "layout=virtio1");
            return DrivenDisk.open(served.function(), order.plan(), served::close);
        }
    },
    /** QEMU's device, without a guest. */
    QTEST("qtest") {
        @Override
        ReachDisk open(Order order, Path directory, Path image) {
            QemuWithoutGuest qemu =
                    QemuWithoutGuest.start(directory, disk(image, "disable-legacy=on"));
            QtestMachine machine = attach(qemu);
            return DrivenDisk.open(
                    String.format("qtest:%s@00:%02x.0", qemu.socket(), GuestReachBench.SLOT),
                    order.plan(),
                    () -> close(qemu, machine));
        }
    },
    /** QEMU's device, by the only process of a guest. */
    VFIO("vfio") {
        @Override
        ReachDisk open(Order order, Path directory, Path image) {
            return GuestReachDisk.boot(order, disk(image, "disable-legacy=on,iommu_platform=on"));
        }
    };

    /**
     * What is wanted of every reach.
     *
     * @param options of the guest, for the reach that has one
     */
    record Order(ReachPlan plan, GuestOptions options, Console console) {}

    private final String label;

    MeasuredReach(String label) {
        this.label = label;
    }

    /** As people type it. */
    String label() {
        return label;
    }

    /** True if figures depend on the version of QEMU. */
    boolean isOfQemu() {
        return this == QTEST || this == VFIO;
    }

    /** Starts what it takes in {@code directory}, and the driver on it. */
    abstract ReachDisk open(Order order, Path directory, Path image);

    /** The same with a directory and an image of its own below {@code scratch}. */
    ReachDisk open(Order order, Path scratch, int mebibytes) {
        Path directory = scratch.resolve(label);
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making " + directory, e);
        }
        return open(order, directory, ServedDisk.makeImage(directory, mebibytes));
    }

    private static List<String> disk(Path image, String options) {
        String device = "virtio-blk-pci,drive=disk,addr=" + GuestReachBench.SLOT + "," + options;
        return List.of(
                "-drive",
                "if=none,format=raw,id=disk,file=" + QemuValue.of(image),
                "-device",
                device);
    }

    private static QtestMachine attach(QemuWithoutGuest qemu) {
        try {
            return QtestMachine.attach(qemu.socket(), qemu.memory());
        } catch (RuntimeException failure) {
            qemu.close();
            throw failure;
        }
    }

    private static void close(QemuWithoutGuest qemu, QtestMachine machine) {
        try (qemu) {
            machine.close();
        }
    }
}
