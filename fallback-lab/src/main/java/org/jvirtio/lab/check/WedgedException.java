package org.jvirtio.lab.check;

/** The device no longer answers, or cannot be reset; the check could not be made. */
final class WedgedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    WedgedException(String message) {
        super(message);
    }
}
