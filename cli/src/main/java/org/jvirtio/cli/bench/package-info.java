/**
 * {@code jvirtio bench}: one class for each benchmark, and the programs that it runs in processes
 * of their own. What a benchmark found becomes a {@link org.jvirtio.cli.bench.report.BenchReport}.
 */
package org.jvirtio.cli.bench;
