package org.jvirtio.trace;

/** Where events go while they happen. Called by one thread at a time. */
public interface TraceLog {

    void add(TraceEvent event);
}
