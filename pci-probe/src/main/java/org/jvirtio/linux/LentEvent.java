package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;

/**
 * An interrupt that another process raises: an event descriptor of ours that it is passed.
 *
 * <p>Whoever has it can fill its counter, take it back to 0, and clear the {@code O_NONBLOCK} that
 * it was made with, all of which belong to the open file: a read(2) after a poll(2) waits for ever
 * then, and so does a write(2). So it is never read nor written here. Each time that it is raised
 * ends one wait of a {@link DescriptorSet}, and we end one by a descriptor that nobody else has.
 *
 * <p>Three descriptors. One thread waits; any thread may wake.
 */
public final class LentEvent implements DescriptorInterrupt, AutoCloseable {

    private final EventFd event = new EventFd();
    private final DescriptorSet set;

    /**
     * Makes one.
     *
     * @throws EnvironmentException if this process may not have as many descriptors
     */
    public LentEvent() {
        try {
            set = new DescriptorSet();
            set.add(event);
        } catch (EnvironmentException e) {
            event.close();
            throw e;
        }
    }

    /** What is passed; -1 once closed. */
    @Override
    public int fd() {
        return event.fd();
    }

    @Override
    public int wakerFd() {
        return set.wakerFd();
    }

    /** Waits until it is raised; the limit is rounded up to whole milliseconds. */
    @Override
    public boolean await(long nanos) {
        return set.await(nanos);
    }

    /** Ends the wait, and the wait of each set that this is in; never waits. */
    public void wake() {
        set.wake();
    }

    @Override
    public void close() {
        set.close();
        event.close();
    }
}
