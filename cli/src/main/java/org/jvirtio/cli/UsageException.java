package org.jvirtio.cli;

/** The command was typed wrongly; its message says how, and what would be right. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
