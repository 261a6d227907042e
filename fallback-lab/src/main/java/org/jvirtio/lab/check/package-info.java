/**
 * What a device has to do, row by row: the device half of the conformance catalogue.
 *
 * <p>It drives a device with registers and rings laid bare, since many rows need a driver that does
 * what no driver may. It knows the register enums of the transports and what a function is; it must
 * not use the transports and drivers themselves, whose manners would hide what is asked.
 *
 * <pre>
 *   rows.txt --> Row      one row each, with clause and level
 *   Subject               a device in one of its layouts
 *   CheckCase  = Row x Subject, runs a Check on a Bench, which gives a Finding
 * </pre>
 *
 * <p>Read {@link org.jvirtio.lab.check.CheckCase} first, then one of the classes of checks.
 */
package org.jvirtio.lab.check;
