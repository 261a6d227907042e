package org.jvirtio.trace;

/** One line of a trace: an access, or a mark between accesses. */
public sealed interface TraceEvent permits Access, Mark {

    /** Nanoseconds since the recording began. */
    long nanos();
}
