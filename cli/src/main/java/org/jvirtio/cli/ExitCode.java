package org.jvirtio.cli;

/** What the shell is told. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    /** Something that this machine would have to provide is missing. */
    public static final int ENVIRONMENT = 3;

    private ExitCode() {}
}
