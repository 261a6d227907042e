/**
 * Where a benchmark's time goes: by samples of the JDK's Flight Recorder in this process, and by
 * the kernel's account of each thread of any process.
 *
 * <p>Knows class and thread names; must never measure by itself what it explains.
 *
 * <p>Read {@link org.jvirtio.cli.bench.profile.Role} first.
 */
package org.jvirtio.cli.bench.profile;
