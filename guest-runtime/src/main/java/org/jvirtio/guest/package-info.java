/**
 * The unikernel-style runtime: builds a guest image that holds a Linux kernel, a JVM and our jars
 * and nothing else, boots it under QEMU, and is process 1 inside it. Must never know drivers.
 *
 * <pre>
 *   host:  GuestImage --> QemuGuest --(serial port)--> report
 *   guest: Init (PID 1) --> the program that was asked for
 * </pre>
 */
package org.jvirtio.guest;
