/**
 * What a benchmark found, whatever it measured: cells of samples beside their peers, ratios, goals.
 * Printed as text, JSON or a page of HTML; kept; compared with what was kept before. Knows nothing
 * of queues, devices or guests.
 *
 * <pre>
 *   BenchReport   inputs: all that has to be equal before two reports may be compared
 *     Cell        one row of one table: parameters, a figure, samples of each peer round by round
 *       Spread    median, least and most of samples, or of ratios taken round by round
 *       Goal      what a ratio, or our own figure, has to reach
 * </pre>
 *
 * <p>Read {@link org.jvirtio.cli.bench.report.BenchReport} first.
 */
package org.jvirtio.cli.bench.report;
