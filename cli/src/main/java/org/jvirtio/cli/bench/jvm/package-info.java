/**
 * JVMs that a benchmark starts beside its own, so that each has compiled only what it runs.
 *
 * <p>Knows processes; must never know what is measured in them.
 */
package org.jvirtio.cli.bench.jvm;
