package org.jvirtio.serve;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.DescriptorWatch;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;

/**
 * Whoever connects while a client has the device: he is turned away, or waits while this process
 * has no descriptor for that, and is not looked at all the time meanwhile. For one thread.
 */
final class OtherClients {

    private static final long PAUSE_NANOS = 200_000_000;
    private static final long FOR_EVER = -1;

    private final UnixListener listener;
    private final DescriptorWatch watch;
    private final int tag;
    private final SessionLog log;
    private boolean waiting;
    private boolean told;
    private long since;

    OtherClients(UnixListener listener, DescriptorWatch watch, int tag, SessionLog log) {
        this.listener = listener;
        this.watch = watch;
        this.tag = tag;
        this.log = log;
        watch.add(listener.fd(), tag);
    }

    /** Somebody is there. */
    void turnAway() {
        try {
            UnixSocket other = listener.accept(0);
            if (other != null) {
                other.close();
                log.say("keeps the device: another client was turned away");
            }
        } catch (EnvironmentException e) {
            letWait(e);
        }
    }

    private void letWait(EnvironmentException why) {
        watch.remove(listener.fd());
        waiting = true;
        since = System.nanoTime();
        if (!told) {
            told = true;
            log.say("keeps the device; another client waits: " + why.getMessage());
        }
    }

    /** The longest until {@link #lookAgain} is due; negative: for ever. */
    long patienceNanos() {
        return waiting ? PAUSE_NANOS : FOR_EVER;
    }

    /** Looks at those who wait, if it is time. */
    void lookAgain() {
        if (waiting && System.nanoTime() - since >= PAUSE_NANOS) {
            waiting = false;
            watch.add(listener.fd(), tag);
        }
    }
}
