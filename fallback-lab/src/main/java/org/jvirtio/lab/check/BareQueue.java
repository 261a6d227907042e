package org.jvirtio.lab.check;

import java.util.List;
import java.util.Optional;
import org.jvirtio.QueueAddresses;

/**
 * A queue as bytes in memory. Descriptors are taken one after another, round and round, and nobody
 * looks whether the device is through with them: a check has few requests at a time.
 */
interface BareQueue {

    /** A request that came back. */
    record Used(int id, long length) {}

    QueueAddresses addresses();

    /** Entries. */
    int size();

    /**
     * Makes a chain available; the doorbell is another matter.
     *
     * @return the id it comes back with
     */
    int offer(List<Piece> chain);

    /** The next request that came back, if there is one by now. */
    Optional<Used> poll();

    /** Asks not to be interrupted, or to be. */
    void suppressInterrupts(boolean suppressed);
}
