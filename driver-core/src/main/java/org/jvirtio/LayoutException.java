package org.jvirtio;

/** The function's bytes or features do not fit what was asked: change the device or the policy. */
public final class LayoutException extends VirtioException {

    public LayoutException(String message) {
        this(message, null);
    }

    public LayoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
