package org.jvirtio;

/** One request was refused or failed; the device goes on: change the request. */
public final class RequestException extends VirtioException {

    public RequestException(String message) {
        this(message, null);
    }

    public RequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
