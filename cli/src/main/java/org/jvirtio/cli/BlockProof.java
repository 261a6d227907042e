package org.jvirtio.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jvirtio.RequestException;
import org.jvirtio.Transport;
import org.jvirtio.device.BlockChannel;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.BlockGeometry;

/**
 * Shows that a block device works: reads all of it and gives the digest, overwrites the blocks of
 * one placeholder file where it finds them, reads them back, and sees to it that a request past the
 * end is refused.
 */
final class BlockProof {

    private static final int CHUNK = 128 * 1024;

    private final BlockDriver driver;
    private final BlockChannel channel;
    private final Placeholder placeholder;
    private final Drive drive;
    private final long[] positions = new long[Placeholder.COUNT];

    private BlockProof(BlockDriver driver, Placeholder placeholder, Drive drive) {
        this.driver = driver;
        this.channel = new BlockChannel(driver);
        this.placeholder = placeholder;
        this.drive = drive;
        Arrays.fill(positions, -1);
    }

    static void run(Transport transport, DriveOrder order, Drive drive) {
        try (BlockDriver driver = BlockDriver.start(transport)) {
            drive.started(driver.device());
            drive.check(
                    Check.equal(
                            "the device gives its serial number",
                            order.identity(),
                            driver.id().orElse("none")));
            new BlockProof(driver, order.placeholder(), drive).run();
            QueueMoment.ofBlock(driver, drive.recorder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() throws IOException {
        drive.fact("sha256", readAll());
        drive.fact("bytes", String.valueOf(channel.size()));
        int found = (int) Arrays.stream(positions).filter(position -> position >= 0).count();
        drive.check(
                Check.equal(
                        "the blocks of " + placeholder.fileName() + " are found",
                        Placeholder.COUNT,
                        found));
        if (found == Placeholder.COUNT) {
            overwrite();
            drive.check(Check.equal("what was written reads back", Placeholder.COUNT, readBack()));
        }
        drive.check(refusesPastTheEnd());
    }

    private String readAll() throws IOException {
        MessageDigest digest = Digests.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        channel.position(0);
        for (long at = 0; channel.read(chunk.clear()) > 0; at += chunk.position()) {
            digest.update(chunk.array(), 0, chunk.position());
            for (int i = 0; i + Placeholder.BLOCK <= chunk.position(); i += Placeholder.BLOCK) {
                look(at + i, Arrays.copyOfRange(chunk.array(), i, i + Placeholder.BLOCK));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void look(long position, byte[] block) {
        int index = placeholder.indexOf(block);
        if (index >= 0) {
            positions[index] = position;
        }
    }

    private void overwrite() throws IOException {
        for (int index = 0; index < Placeholder.COUNT; index++) {
            if (index == Placeholder.ZEROED && driver.device().has(BlockFeature.WRITE_ZEROES)) {
                long sector = positions[index] / BlockGeometry.SECTOR_BYTES;
                driver.writeZeroes(sector, Placeholder.BLOCK / BlockGeometry.SECTOR_BYTES, false);
                drive.fact("zeroed", "by WRITE_ZEROES");
            } else {
                channel.position(positions[index]).write(ByteBuffer.wrap(placeholder.after(index)));
            }
        }
        if (driver.device().has(BlockFeature.FLUSH)) {
            driver.flush();
            drive.fact("flushed", "by FLUSH");
        }
    }

    private int readBack() throws IOException {
        int right = 0;
        for (int index = 0; index < Placeholder.COUNT; index++) {
            ByteBuffer block = ByteBuffer.allocate(Placeholder.BLOCK);
            channel.position(positions[index]).read(block);
            right += Arrays.equals(block.array(), placeholder.after(index)) ? 1 : 0;
        }
        return right;
    }

    private Check refusesPastTheEnd() {
        long sectors = driver.geometry().capacitySectors();
        try {
            driver.read(sectors - 1, new byte[2 * BlockGeometry.SECTOR_BYTES]);
            return Check.that(
                    "a read past the capacity is refused",
                    false,
                    "sector " + sectors + " was read");
        } catch (RequestException e) {
            return Check.that("a read past the capacity is refused", true, e.getMessage());
        }
    }
}
