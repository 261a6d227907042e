/**
 * Traces of PCI functions: recording one, giving its accesses their names, and what can be done
 * with it afterwards.
 *
 * <p>It knows functions, layouts and registers. It must never know the command, nor be known by
 * what it records.
 *
 * <pre>
 *   PciFunction -- RecordingFunction --> Trace --> NamedTrace --> TraceRules   did the driver behave?
 *                                          |           '--------> TraceFilter, TraceComparison
 *                                          |--> ModelReplay       does a device answer the same?
 *                                          |--> ReplayedFunction  does a driver ask the same?
 *                                          '--> QtestScript       does QEMU answer the same?
 * </pre>
 *
 * <p>The text of a trace is described in {@link org.jvirtio.trace}. Read {@link
 * org.jvirtio.lab.trace.RecordingFunction} first, then {@link org.jvirtio.lab.trace.NamedTrace}.
 */
package org.jvirtio.lab.trace;
