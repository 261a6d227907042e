/**
 * The fallback lab: cases over real and made-up devices, each with a verdict and its reason.
 *
 * <p>It may know transports, drivers and models; it must not know the command, nor how a guest is
 * booted.
 *
 * <pre>
 *   LabCase  --run-->  CaseResult   one of PASS FAIL REJECT WEDGED SKIP, and why
 * </pre>
 *
 * <p>Read {@link org.jvirtio.lab.LabCase} first.
 */
package org.jvirtio.lab;
