package org.jvirtio.cli.bench.reach;

import java.util.Map;
import org.jvirtio.EnvironmentException;

/** A disk at one reach, and our driver on it, warmed up. One thread. */
public interface ReachDisk extends AutoCloseable {

    /**
     * The next round.
     *
     * @throws EnvironmentException if there is none: a guest ended before
     */
    ReachSample round();

    /** What its figures depend on besides this machine and the plan. */
    default Map<String, String> inputs() {
        return Map.of();
    }

    /** Stops the disk, and whatever was started for it. */
    @Override
    void close();
}
