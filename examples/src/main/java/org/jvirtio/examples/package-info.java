/**
 * One {@code main} each, under 100 lines; each prints what it is about to do and runs on the models
 * in this process without arguments. Name another function as the argument to drive that instead.
 */
package org.jvirtio.examples;
