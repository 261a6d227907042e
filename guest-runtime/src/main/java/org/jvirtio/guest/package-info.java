/**
 * The unikernel-style runtime: builds a guest image that holds a Linux kernel, a JVM and our jars
 * and nothing else, boots it under QEMU, and is process 1 inside it. Must never know drivers.
 *
 * <pre>
 *   host:   GuestKernel --> GuestImages --> GuestImage --+
 *           GuestMachine (what the guest sees) ----------+--> QemuGuest --> GuestResult
 *                                                              ^  second serial port: text lines
 *   guest:  Init (process 1): GuestSetup, GuestRun --> the GuestProgram that was asked for
 * </pre>
 *
 * <p>An {@link org.jvirtio.guest.Application} is a program of somebody else's, whose {@link
 * org.jvirtio.guest.ApplicationImage} is a file of its own.
 *
 * <p>Read {@link org.jvirtio.guest.QemuGuest} first for the host, {@link org.jvirtio.guest.Init}
 * for the guest.
 */
package org.jvirtio.guest;
