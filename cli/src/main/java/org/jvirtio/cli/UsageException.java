package org.jvirtio.cli;

/** The command was typed wrongly; its message says how, and what would be right. */
public final class UsageException extends RuntimeException {

    public UsageException(String message) {
        super(message);
    }
}
