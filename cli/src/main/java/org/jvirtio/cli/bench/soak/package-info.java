/**
 * Whether a server keeps what its clients leave behind: an hour of clients that come, read and go,
 * and its memory before and after.
 *
 * <p>Knows how to look at another process of this machine; must never know what that one serves.
 *
 * <p>Read {@link org.jvirtio.cli.bench.soak.SoakFindings} first.
 */
package org.jvirtio.cli.bench.soak;
