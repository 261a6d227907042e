package org.jvirtio.vfiouser;

import java.time.Duration;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;

/** Whether a session still runs, what ended it, and how that is told. Thread-safe. */
final class SessionEnd {

    private final String peer;
    private final Duration limit;
    private final Runnable shutdown;
    private volatile String reason = "";

    /**
     * Describes a session that runs.
     *
     * @param peer the other end, as messages call it
     * @param limit the longest that a message may take
     * @param shutdown ends the connection, so that whoever waits for a message learns it
     */
    SessionEnd(String peer, Duration limit, Runnable shutdown) {
        this.peer = peer;
        this.limit = limit;
        this.shutdown = shutdown;
    }

    /** Why it is over: {@code it closed the connection}; empty if it is not. */
    String reason() {
        return reason;
    }

    boolean isEnded() {
        return !reason.isEmpty();
    }

    void requireOpen() {
        if (isEnded()) {
            throw new DeviceBrokenException(message("the session has ended before: " + reason));
        }
    }

    /** Ends the session, because of what was found; for the caller to throw. */
    DeviceBrokenException fail(String found) {
        end(found);
        return new DeviceBrokenException(message(found));
    }

    /** Ends the session, because of what did not come within the limit; for the caller to throw. */
    DeviceTimeoutException late(String found) {
        end(found);
        return new DeviceTimeoutException(message(found + " for " + limit.toMillis() + " ms"));
    }

    void closed() {
        if (reason.isEmpty()) {
            reason = "it was closed";
        }
    }

    private void end(String found) {
        if (reason.isEmpty()) {
            reason = found;
        }
        shutdown.run();
    }

    private String message(String found) {
        return "talking vfio-user to "
                + peer
                + ": "
                + found
                + ". Look whether it still runs and what it printed; then connect anew.";
    }
}
