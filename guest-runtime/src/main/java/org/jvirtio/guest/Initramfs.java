package org.jvirtio.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Writes a directory tree as the archive that the kernel unpacks before it starts process 1 (cpio,
 * "newc"). Every entry belongs to root, and device nodes need no right to make them: they are only
 * records here.
 */
final class Initramfs {

    /** A character device: Linux {@code Documentation/admin-guide/devices.txt} has the numbers. */
    record DeviceNode(String path, int major, int minor) {}

    /** What exists before process 1 mounts devtmpfs over it. */
    static final List<DeviceNode> NODES =
            List.of(
                    new DeviceNode("dev/console", 5, 1),
                    new DeviceNode("dev/null", 1, 3),
                    new DeviceNode("dev/ttyS1", 4, 65));

    private final CpioArchiveOutputStream archive;
    private int inode;

    private Initramfs(CpioArchiveOutputStream archive) {
        this.archive = archive;
    }

    /** Writes all of {@code root} and the nodes; symbolic links are followed. */
    static void write(Path root, List<DeviceNode> nodes, OutputStream out) throws IOException {
        try (CpioArchiveOutputStream archive =
                new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW)) {
            Initramfs initramfs = new Initramfs(archive);
            List<Path> paths;
            try (Stream<Path> all = Files.walk(root)) {
                paths = all.filter(path -> !path.equals(root)).sorted().toList();
            }
            for (Path path : paths) {
                initramfs.add(root.relativize(path).toString(), path);
            }
            for (DeviceNode node : nodes) {
                initramfs.add(node);
            }
        }
    }

    private void add(String name, Path path) throws IOException {
        boolean directory = Files.isDirectory(path);
        long mode = directory ? CpioConstants.C_ISDIR | 0755 : CpioConstants.C_ISREG;
        if (!directory) {
            mode |= Files.isExecutable(path) ? 0755 : 0644;
        }
        CpioArchiveEntry entry = entry(name, mode);
        entry.setTime(Files.getLastModifiedTime(path));
        entry.setSize(directory ? 0 : Files.size(path));
        archive.putArchiveEntry(entry);
        if (!directory) {
            Files.copy(path, archive);
        }
        archive.closeArchiveEntry();
    }

    private void add(DeviceNode node) throws IOException {
        CpioArchiveEntry entry = entry(node.path(), CpioConstants.C_ISCHR | 0600);
        entry.setRemoteDeviceMaj(node.major());
        entry.setRemoteDeviceMin(node.minor());
        archive.putArchiveEntry(entry);
        archive.closeArchiveEntry();
    }

    private CpioArchiveEntry entry(String name, long mode) {
        CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name);
        entry.setInode(++inode);
        entry.setMode(mode);
        entry.setNumberOfLinks(1);
        return entry;
    }
}
