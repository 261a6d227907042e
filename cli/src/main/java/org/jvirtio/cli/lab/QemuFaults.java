package org.jvirtio.cli.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.faults.Faults;

/** Faults of QEMU's devices, and the devices that QEMU makes for them. */
public final class QemuFaults implements GuestCaseList {

    private static final long DISK_BYTES = 1 << 20;

    /** A device by what the table of faults calls it. */
    private record Made(String device, int slot, String qemu) {

        boolean isDisk() {
            return device.startsWith("block");
        }
    }

    private static final String NEW = "disable-legacy=on,iommu_platform=on";

    private static final List<Made> MADE =
            List.of(
                    new Made("entropy,layout=virtio1", 2, "virtio-rng-pci," + NEW),
                    new Made("block,layout=virtio1", 3, "virtio-blk-pci," + NEW),
                    new Made("block,layout=transitional", 4, "virtio-blk-pci"),
                    new Made("block,layout=legacy", 5, "virtio-blk-pci,disable-modern=on"));

    @Override
    public List<LabCase> cases(List<String> arguments) {
        return at(QemuPlace.GUEST);
    }

    static List<LabCase> at(QemuPlace place) {
        QemuStation station =
                new QemuStation(
                        place, MADE.stream().collect(Collectors.toMap(Made::device, Made::slot)));
        return Faults.real(place.reach().label(), station, "./jvirtio faults " + place.option());
    }

    /** Each disk is a file of its own in {@code directory}. */
    static List<String> qemuArguments(Path directory) {
        List<String> arguments = new ArrayList<>();
        for (Made some : MADE) {
            String device = some.qemu() + ",addr=" + some.slot() + ".0";
            if (some.isDisk()) {
                String drive = "disk" + some.slot();
                arguments.add("-drive");
                Path file = disk(directory, drive);
                arguments.add("if=none,format=raw,id=" + drive + ",file=" + QemuValue.of(file));
                device += ",drive=" + drive;
            }
            arguments.add("-device");
            arguments.add(device);
        }
        return arguments;
    }

    private static Path disk(Path directory, String name) {
        Path file = directory.resolve(name + ".raw");
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(DISK_BYTES);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making a disk, " + file, e);
        }
        return file;
    }
}
