/**
 * A trace: every register access of a driver, in order, and the text it is kept in.
 *
 * <p>It knows regions by their names and accesses by offset and width. It must never know what a
 * register means, nor what kind of function has the regions.
 *
 * <pre>
 *   driver --- RecordingRegisters ---> registers
 *                     '--> TraceRecorder --> TraceLog: LatestEvents, TraceWriter
 *
 *   file   = "jvirtio-trace 1" {header} "events" {event}            one a line
 *   header = "function" NAME...
 *          | "region" NAME "at" HEX "length" (HEX | "unknown") {TRAIT}
 *          | "bytes" NAME HEX DIGITS...     what the region held: offset, two digits a byte
 *          | "lost" NUMBER                  events before the first that was kept
 *   event  = NANOS ("r" | "w") ("8" | "16" | "32") NAME "+" HEX VALUE
 *          | NANOS "mark" TEXT...           what happened beside the registers
 *
 *   NANOS since the start, decimal. HEX and VALUE as in 0x1f. Blanks between words are free.
 *   A # at the start of a word begins a comment; empty lines are left out.
 * </pre>
 *
 * <p>Example: {@code 81250 w8 BAR4+0x14 0x01}. Read {@link org.jvirtio.trace.RecordingRegisters}
 * first, then {@link org.jvirtio.trace.Trace}.
 */
package org.jvirtio.trace;
