package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.cli.bench.block.BlockDisk;

/** A comma within a file name is written twice for QEMU, wherever a file is named. */
class QemuWordsTest {

    private static final String ODD = "/tmp/a,b";
    private static final String WRITTEN = "/tmp/a,,b";

    @Test
    void diskThatIsChecked() {
        CheckedDevice disk = CheckedDevice.of(List.of("virtio-blk-pci")).get(0);
        assertTrue(disk.qemuArguments(Path.of(ODD)).toString().contains(WRITTEN));
    }

    @Test
    void diskThatHasFaults(@TempDir Path directory) throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a,b"));
        String words = QemuFaults.qemuArguments(odd).toString();
        assertTrue(words.contains("file=" + directory + "/a,,b/disk3.raw"), words);
    }

    @Test
    void diskThatIsMeasured() {
        List<String> words = BlockDisk.FILE_VIRTIO1.qemuArguments(Path.of(ODD));
        assertTrue(words.toString().contains(WRITTEN), words.toString());
    }
}
