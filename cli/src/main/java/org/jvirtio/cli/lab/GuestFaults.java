package org.jvirtio.cli.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.cli.Functions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.faults.Faults;
import org.jvirtio.pci.PciFunction;

/** Faults of QEMU's devices in a guest, and the devices that QEMU makes for them. */
public final class GuestFaults implements GuestCaseList {

    private static final long DISK_BYTES = 1 << 20;

    /** A device by what the table of faults calls it. */
    private record Station(String device, int slot, String qemu) {

        String function() {
            return String.format("vfio:0000:00:%02x.0", slot);
        }

        boolean isDisk() {
            return device.startsWith("block");
        }
    }

    private static final String NEW = "disable-legacy=on,iommu_platform=on";

    private static final List<Station> STATIONS =
            List.of(
                    new Station("entropy,layout=virtio1", 2, "virtio-rng-pci," + NEW),
                    new Station("block,layout=virtio1", 3, "virtio-blk-pci," + NEW),
                    new Station("block,layout=transitional", 4, "virtio-blk-pci"),
                    new Station("block,layout=legacy", 5, "virtio-blk-pci,disable-modern=on"));

    @Override
    public List<LabCase> cases(List<String> arguments) {
        return Faults.real(GuestFaults::open, "./jvirtio faults --reach guest");
    }

    private static PciFunction open(String device) {
        return STATIONS.stream()
                .filter(station -> station.device().equals(device))
                .findFirst()
                .map(station -> Functions.openToDrive(station.function()))
                .orElseThrow(() -> new IllegalArgumentException("no station for " + device));
    }

    /** Each disk is a file of its own in {@code directory}. */
    static List<String> qemuArguments(Path directory) {
        List<String> arguments = new ArrayList<>();
        for (Station station : STATIONS) {
            String device = station.qemu() + ",addr=" + station.slot() + ".0";
            if (station.isDisk()) {
                String drive = "disk" + station.slot();
                arguments.add("-drive");
                arguments.add("if=none,format=raw,id=" + drive + ",file=" + disk(directory, drive));
                device += ",drive=" + drive;
            }
            arguments.add("-device");
            arguments.add(device);
        }
        return arguments;
    }

    /** A comma within a file name is written twice for QEMU. */
    private static String disk(Path directory, String name) {
        Path file = directory.resolve(name + ".raw");
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(DISK_BYTES);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making a disk, " + file, e);
        }
        return file.toString().replace(",", ",,");
    }
}
