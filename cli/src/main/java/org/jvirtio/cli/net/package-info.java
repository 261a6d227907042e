/**
 * {@code jvirtio net}: a guest that gets an address, is pinged and pings, and serves HTTP, all over
 * our driver. {@link org.jvirtio.cli.net.NetTour} is the host's side, {@link
 * org.jvirtio.cli.net.GuestNetTour} what runs in the guest.
 */
package org.jvirtio.cli.net;
