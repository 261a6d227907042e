package org.jvirtio.cli;

/** What the shell is told. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Something that this machine would have to provide is missing. */
    static final int ENVIRONMENT = 3;

    private ExitCode() {}
}
