package org.jvirtio;

/** The device broke the protocol and is not used any more: reset it, report the device. */
public final class DeviceBrokenException extends VirtioException {

    public DeviceBrokenException(String message) {
        this(message, null);
    }

    public DeviceBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
