package org.jvirtio.linux;

import java.lang.ref.Reference;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * An event descriptor that another process passed, to be raised without ever waiting for that
 * process.
 *
 * <p>A write(2) to it waits while its counter is full, unless it is {@code O_NONBLOCK}. Both belong
 * to the open file, and whoever passed it can fill the one and clear the other between any two
 * calls of ours; RWF_NOWAIT is refused for it. So the kernel adds the one itself, when a write of
 * nothing ends ({@link AsyncWrites}): that never waits, and a counter that is full stays so.
 *
 * <p>What remains: whoever has it, too, can take what was raised, and is woken within the call.
 *
 * <p>Any thread may signal; whoever closes it has made sure that none does.
 */
public final class PassedEvent implements AutoCloseable {

    /** Bytes: {@link IoCb} at 0, a pointer to it behind. */
    private static final int POINTER = IoCb.LENGTH;

    private final AsyncWrites writes;
    private final Descriptor descriptor;
    private final NativeMemory memory = NativeMemory.allocateFor(this, POINTER + Long.BYTES);

    private PassedEvent(AsyncWrites writes, Descriptor descriptor) {
        this.writes = writes;
        this.descriptor = descriptor;
        writes.describe(memory, descriptor.fd());
        memory.write64(POINTER, memory.address());
    }

    /**
     * Takes over a descriptor.
     *
     * @return nothing, with the descriptor closed, if it is something else than an event descriptor
     * @throws EnvironmentException if this kernel cannot raise it without waiting
     */
    public static Optional<PassedEvent> adopt(Descriptor passed) {
        try {
            if (EventFd.isEventFd(passed.fd())) {
                return Optional.of(new PassedEvent(AsyncWrites.open(), passed));
            }
        } catch (EnvironmentException e) {
            passed.close();
            throw e;
        }
        passed.close();
        return Optional.empty();
    }

    /** Adds one. A counter that is full stays so: whoever waits for it is awake. */
    public void signal() {
        try {
            int done = writes.submit(memory.address() + POINTER);
            if (done != 1) {
                throw new IllegalStateException(
                        "raising " + descriptor.name() + ": " + Errno.describe(done));
            }
        } finally {
            Reference.reachabilityFence(this); // The kernel reads what is freed with this.
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
