package org.jvirtio.model;

/** Where the host comes to one port of a console: a terminal, or a socket. */
interface LineEnd extends AutoCloseable {

    /** The open file of whoever is there, which never blocks; -1 if nobody is. Does not wait. */
    int connected();

    /** Whoever was there has left; another may come. */
    void hangUp();

    @Override
    void close();
}
