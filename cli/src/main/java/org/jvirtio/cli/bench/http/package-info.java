/**
 * What {@code bench http} runs inside its guest. {@link org.jvirtio.cli.bench.http.GuestHttpBench}
 * is the place to begin.
 */
package org.jvirtio.cli.bench.http;
