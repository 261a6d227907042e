package org.jvirtio;

/** This machine lacks something (a right, a module, a program, a file): provide it. */
public final class EnvironmentException extends VirtioException {

    public EnvironmentException(String message) {
        this(message, null);
    }

    public EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
