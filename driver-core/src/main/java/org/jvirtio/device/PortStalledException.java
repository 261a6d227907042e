package org.jvirtio.device;

import java.io.InterruptedIOException;

/**
 * The host did not read what was written to a console port within a limit, or nobody is at its end;
 * the port goes on. {@link #bytesTransferred} bytes of that write were taken, the rest may be
 * written again.
 */
public final class PortStalledException extends InterruptedIOException {

    private static final long serialVersionUID = 1;

    PortStalledException(String message, int taken) {
        super(message);
        bytesTransferred = taken;
    }
}
