package org.jvirtio;

/**
 * Something outside this program went wrong. Its five kinds are told apart by what the reader does
 * next; each message says what was being done, what was found, and that next step.
 */
public abstract class VirtioException extends RuntimeException {

    VirtioException(String message, Throwable cause) {
        super(message, cause);
    }
}
