package org.jvirtio.linux;

import java.util.Optional;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;

/** An interrupt that is a descriptor about to be read: one thread can sleep on many of them. */
interface DescriptorInterrupt extends Interrupt {

    int fd();

    @Override
    default Optional<InterruptSet> newSet() {
        return Optional.of(new DescriptorSet());
    }
}
