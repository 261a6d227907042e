package org.jvirtio.vfio;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;
import org.jvirtio.memory.NativeMemory;

/** An open file of VFIO (container, group or device) and its requests. */
final class VfioFile implements AutoCloseable {

    private final Descriptor descriptor;

    VfioFile(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** Makes a request; the result, or a negated error number. */
    int tryRequest(VfioRequest request, long argument) {
        return Libc.ioctl(descriptor.fd(), request.number(), argument);
    }

    /** Makes a request with a structure; the result, or a negated error number. */
    int tryRequest(VfioRequest request, NativeMemory structure) {
        return tryRequest(request, structure.address());
    }

    /** Makes a request that has no reason to fail; {@code next} says what to do if it does. */
    int request(VfioRequest request, NativeMemory structure, String next) {
        int result = tryRequest(request, structure);
        if (result < 0) {
            throw failure(request, result, next);
        }
        return result;
    }

    EnvironmentException failure(VfioRequest request, int result, String next) {
        return new EnvironmentException(
                String.format(
                        "%s on %s: %s. %s",
                        request, descriptor.name(), Errno.describe(result), next));
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
