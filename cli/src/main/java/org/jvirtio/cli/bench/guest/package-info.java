/** What benchmarks in a guest have in common: peers that are programs of their own. */
package org.jvirtio.cli.bench.guest;
