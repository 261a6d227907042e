package org.jvirtio.lab.matrix;

import java.util.Arrays;
import java.util.Random;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.BlockGeometry;
import org.jvirtio.device.EntropyDriver;

/**
 * The work of devices that need no other: entropy is read, blocks are written and read back, text
 * goes from one port of a console to the other and back.
 */
final class CellWork {

    private static final int ENTROPY_BYTES = 64;

    private static final int SECTORS = 8;

    private CellWork() {}

    static void drive(CellDevice device, Transport transport, CellDrive drive) {
        switch (device) {
            case ENTROPY -> entropy(transport, drive);
            case BLOCK -> block(transport, drive);
            case CONSOLE -> ConsoleWork.drive(transport, drive);
            case NET -> throw new IllegalArgumentException("a network has two ends");
        }
    }

    private static void entropy(Transport transport, CellDrive drive) {
        try (EntropyDriver driver =
                EntropyDriver.start(transport, drive.needs(EntropyDriver.needs()))) {
            if (!drive.isStarted("", driver.device())) {
                return;
            }
            byte[] first = read(driver);
            resetQueue(driver.device());
            byte[] second = read(driver);
            drive.findings()
                    .that(
                            "entropy that differs",
                            !Arrays.equals(first, second),
                            ENTROPY_BYTES + " bytes came twice");
            drive.worked("", driver.device().lostInterrupts());
        }
    }

    private static byte[] read(EntropyDriver driver) {
        byte[] bytes = new byte[ENTROPY_BYTES];
        driver.fill(bytes);
        return bytes;
    }

    private static void block(Transport transport, CellDrive drive) {
        try (BlockDriver driver = BlockDriver.start(transport, drive.needs(BlockDriver.needs()))) {
            if (!drive.isStarted("", driver.device())) {
                return;
            }
            long last = driver.geometry().capacitySectors() - SECTORS;
            drive.findings().equal("blocks read back at the start", true, isReadBack(driver, 0));
            resetQueue(driver.device());
            drive.findings().equal("blocks read back at the end", true, isReadBack(driver, last));
            drive.worked("", driver.device().lostInterrupts());
        }
    }

    private static boolean isReadBack(BlockDriver driver, long sector) {
        byte[] written = new byte[SECTORS * BlockGeometry.SECTOR_BYTES];
        byte[] read = new byte[written.length];
        if (driver.isReadOnly()) {
            driver.read(sector, written);
            driver.read(sector, read);
            return Arrays.equals(written, read);
        }
        new Random(System.nanoTime()).nextBytes(written); // Nothing a cell before left behind.
        driver.write(sector, written);
        if (driver.device().has(BlockFeature.FLUSH)) {
            driver.flush();
        }
        driver.read(sector, read);
        return Arrays.equals(written, read);
    }

    /** Takes the queue back in between, if that was agreed on (section 2.6.1). */
    private static void resetQueue(RunningDevice device) {
        if (device.has(RingFeature.RING_RESET)) {
            device.resetQueue(0);
        }
    }
}
