package org.jvirtio;

/** The device did not answer within a limit: restart it, or raise the limit. */
public final class DeviceTimeoutException extends VirtioException {

    public DeviceTimeoutException(String message) {
        this(message, null);
    }

    public DeviceTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
