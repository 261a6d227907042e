/**
 * The commands of the lab. What they share: {@link org.jvirtio.cli.lab.LabOptions} chooses, runs
 * and reports cases; {@link org.jvirtio.cli.lab.GuestCases} runs them in a guest.
 */
package org.jvirtio.cli.lab;
