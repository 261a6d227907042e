/**
 * Faults of devices, and what a driver stack makes of each: the whole real stack is run against a
 * model that lies, and what it did is told in one word.
 *
 * <p>The words of the table are what is expected; they are never what is seen. What is seen comes
 * from {@link org.jvirtio.lab.faults.Trial} alone, which does not know the table.
 *
 * <pre>
 *   FaultTable --rows--&gt; FaultRow --Injection--&gt; FaultCase --runs--&gt; Trial --&gt; Seen
 *                                                            device | mask | GuardedFunction | stack
 * </pre>
 *
 * <p>Read {@link org.jvirtio.lab.faults.Reaction} first.
 */
package org.jvirtio.lab.faults;
