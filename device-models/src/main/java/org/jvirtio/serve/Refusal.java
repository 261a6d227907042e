package org.jvirtio.serve;

import org.jvirtio.linux.Errno;

/** A message that is answered with an error number; the session goes on. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final Errno errno;

    Refusal(Errno errno, String found) {
        super(found + ": " + errno.name());
        this.errno = errno;
    }

    static Refusal invalid(String found) {
        return new Refusal(Errno.EINVAL, found);
    }

    Errno errno() {
        return errno;
    }
}
