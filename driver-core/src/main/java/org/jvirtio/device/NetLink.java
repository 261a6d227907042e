package org.jvirtio.device;

import java.util.concurrent.locks.LockSupport;
import org.jvirtio.RunningDevice;

/**
 * The link of a network device, as of the last look (virtio 1.4 section 5.1.4.2): whether it is up,
 * and whether the device asks that peers are told of this station.
 *
 * <pre>
 *   device   up  down  up  down  up  down        each with a configuration interrupt
 *   looks     ^                        ^
 *   told     up                        down      one change
 * </pre>
 *
 * <p>However often the link goes up and down between two looks, that is one change or none, and no
 * more than a thousand looks a second are made at a link that interrupts all the time. Not
 * thread-safe.
 */
public final class NetLink {

    /** After an interrupt that changed nothing; a link that flaps costs no processor. */
    private static final long PAUSE_NANOS = 1_000_000;

    private final RunningDevice device;
    private boolean up;
    private boolean announcementAsked;
    private long changes;

    NetLink(RunningDevice device, NetSettings first) {
        this.device = device;
        take(first);
    }

    /** Assumed where the device does not say (section 5.1.4.2). */
    public boolean isUp() {
        return up;
    }

    /**
     * Whether the device wishes that peers are told where this station is now, as after a move to
     * another machine (section 5.1.9.5.4): send what tells them, then {@link
     * NetControl#acknowledgeAnnouncement}.
     */
    public boolean isAnnouncementAsked() {
        return announcementAsked;
    }

    /** Changes that were seen, of the link or of the wish to be announced. */
    public long changes() {
        return changes;
    }

    /** Looks again; true if anything is not what it was. */
    public boolean refresh() {
        boolean changed = take(NetSettings.read(device.config(), device.accepted()));
        changes += changed ? 1 : 0;
        return changed;
    }

    /**
     * Waits for a change, by the interrupt for configuration changes.
     *
     * @param nanos the longest wait; 0 looks once
     * @return false if there was none
     * @throws org.jvirtio.DeviceBrokenException if what changed is that the device asks for a reset
     */
    public boolean await(long nanos) {
        long end = System.nanoTime() + nanos;
        while (!refresh()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (device.configInterrupt().await(left)) {
                device.check();
                if (refresh()) {
                    return true;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return true;
    }

    private boolean take(NetSettings now) {
        boolean changed = up != now.linkUp() || announcementAsked != now.announcementAsked();
        up = now.linkUp();
        announcementAsked = now.announcementAsked();
        return changed;
    }
}
