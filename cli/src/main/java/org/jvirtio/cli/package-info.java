/**
 * The {@code jvirtio} command. Turns arguments into calls and results into text or JSON; knows
 * everything and is known by nobody.
 */
package org.jvirtio.cli;
