package org.jvirtio.lab.faults;

/** A device that somebody named gives a fault no occasion: that says nothing about the driver. */
final class NoOccasionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoOccasionException(String message, Throwable cause) {
        super(message, cause);
    }
}
