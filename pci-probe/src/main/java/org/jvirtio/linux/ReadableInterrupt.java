package org.jvirtio.linux;

/**
 * Comes when a descriptor can be read that was read empty before: whoever sleeps on it together
 * with others reads until there is nothing first. One thread waits.
 */
final class ReadableInterrupt implements DescriptorInterrupt {

    private final Descriptor descriptor;
    private final SocketWait wait;

    ReadableInterrupt(Descriptor descriptor) {
        this.descriptor = descriptor;
        wait = new SocketWait(descriptor, PollFd.POLLIN);
    }

    @Override
    public int fd() {
        return descriptor.fd();
    }

    @Override
    public boolean await(long nanos) {
        return wait.await(nanos);
    }
}
