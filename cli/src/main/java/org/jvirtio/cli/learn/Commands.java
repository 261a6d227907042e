package org.jvirtio.cli.learn;

import org.jvirtio.cli.Console;

/** Runs any command of jvirtio in this process, as if it had been typed. */
public interface Commands {

    /** Returns what the shell would be told. */
    int execute(Console console, String... arguments);
}
