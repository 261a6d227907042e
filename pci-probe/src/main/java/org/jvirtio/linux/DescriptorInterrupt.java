package org.jvirtio.linux;

import java.util.Optional;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;

/** An interrupt that is a descriptor about to be read: one thread can sleep on many of them. */
interface DescriptorInterrupt extends Interrupt {

    int fd();

    /** What ends a wait for this one on our own part; -1 if nothing but itself does. */
    default int wakerFd() {
        return -1;
    }

    @Override
    default Optional<InterruptSet> newSet() {
        return Optional.of(new DescriptorSet());
    }
}
