package org.jvirtio.lab.faults;

import org.jvirtio.Transport;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.model.EntropyModel;

/** Asks for random bytes some times; each answer has to be a piece of what the model made. */
final class EntropyExercise extends Exercise {

    private static final int REQUESTS = 4;
    private static final int BYTES = 64;

    /** Of the model, if nobody says another. */
    private static final long SEED = 1;

    private final Work work;
    private long searched;

    EntropyExercise(Work work) {
        this.work = work;
    }

    @Override
    void run(Transport transport) {
        try (EntropyDriver driver = EntropyDriver.start(transport)) {
            started();
            for (int i = 0; i < REQUESTS; i++) {
                byte[] bytes = new byte[BYTES];
                int got = driver.read(bytes, 0, BYTES);
                if (!work.anyData()) {
                    requireMade(bytes, got);
                }
            }
            facts.add(driver.device());
        }
    }

    /** What an answer lost is not given again, so pieces of the stream may be left out. */
    private void requireMade(byte[] bytes, int count) {
        for (long start = searched; start < searched + REQUESTS * BYTES; start++) {
            if (isMade(start, bytes, count)) {
                searched = start + count;
                return;
            }
        }
        throw new WrongData(count + " random bytes that the device never made");
    }

    private static boolean isMade(long start, byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != EntropyModel.byteAt(SEED, start + i)) {
                return false;
            }
        }
        return true;
    }
}
