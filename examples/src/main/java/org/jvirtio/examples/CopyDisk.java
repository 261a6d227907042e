package org.jvirtio.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.jvirtio.DeviceType;
import org.jvirtio.device.BlockChannel;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** Plain Java over a disk: copies one to a file, as with any other channel, and compares. */
public final class CopyDisk {

    private CopyDisk() {}

    public static void main(String[] arguments) throws IOException {
        Path image = Files.createTempFile("jvirtio-disk", ".raw");
        Path copy = Files.createTempFile("jvirtio-copy", ".raw");
        try {
            byte[] contents = new byte[1 << 20];
            new Random(1).nextBytes(contents);
            Files.write(image, contents);
            System.out.println(
                    "Copying an emulated disk of 1 MiB, driven through its legacy registers");
            long copied = copy("block,layout=legacy,image=" + image, copy);
            System.out.println(copied + " bytes copied");
            System.out.println(
                    "first difference at byte " + Files.mismatch(image, copy) + " (-1: none)");
        } finally {
            Files.delete(image);
            Files.delete(copy);
        }
    }

    private static long copy(String device, Path target) throws IOException {
        // tag::copy[]
        PciFunction function = EmulatedDevices.parse(device);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        try (BlockDriver disk =
                        BlockDriver.start(
                                Transports.open(function, DeviceType.BLOCK, choice.require()));
                BlockChannel source = new BlockChannel(disk);
                FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (source.read(buffer.clear()) > 0) {
                file.write(buffer.flip());
            }
            return file.size();
        }
        // end::copy[]
    }
}
