/**
 * Models as PCI devices for programs that speak vfio-user: our own reach, QEMU, cloud-hypervisor.
 *
 * <pre>
 *   DeviceServer       several devices, each with a socket and a thread
 *     ServedDevice     one client after the other; after each the device is as after power-on
 *       Session        one client: its messages, its doorbells, until it leaves or misbehaves
 *         Commands     each message, checked and carried out, or refused with an error number
 *         DmaMap       the client's memory: mapped here, or asked for by DmaRequests
 *         ClientInterrupts   the client's event descriptors
 *         OtherClients   whoever comes meanwhile
 * </pre>
 *
 * <p>Knows the functions of {@link org.jvirtio.model} and the wire of {@link org.jvirtio.vfiouser};
 * must never know drivers. The client is trusted with nothing: whatever it sends ends in an answer,
 * a refusal, or the end of its own session.
 *
 * <p>Read {@link org.jvirtio.serve.Session} first.
 */
package org.jvirtio.serve;
