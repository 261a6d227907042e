package org.jvirtio.lab.faults;

/**
 * What a stack did, and what it said about it.
 *
 * @param words the message of the error, or what was remarked on the way
 */
public record Seen(Reaction reaction, String words) {}
