package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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
    void diskThatIsMeasured() {
        List<String> words = BlockDisk.FILE_VIRTIO1.qemuArguments(Path.of(ODD));
        assertTrue(words.toString().contains(WRITTEN), words.toString());
    }
}
