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
     * Makes a chain available; the doorbell is another matter. Ends the check if the queue is
     * smaller than the chain, which no driver may offer (section 2.7.5.3.1).
     *
     * @return the id it comes back with
     */
    int offer(List<Piece> chain);

    /** As many of {@code wanted} chains of such a length as can be offered together. */
    default int room(int wanted, int chain) {
        return Math.max(1, Math.min(wanted, size() / chain));
    }

    /** Ends the check: what does not fit into a queue says nothing about the device. */
    static void requireRoom(int size, int chain) {
        if (chain > size) {
            throw new EndedException(
                    Finding.skip(
                            "a queue of %d entries has no room for %d descriptors", size, chain));
        }
    }

    /** The next request that came back, if there is one by now. */
    Optional<Used> poll();

    /** Asks not to be interrupted, or to be. */
    void suppressInterrupts(boolean suppressed);
}
