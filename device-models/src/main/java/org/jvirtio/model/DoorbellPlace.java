package org.jvirtio.model;

/**
 * Where the driver rings the doorbell of one queue, for whoever wants to hear of it without seeing
 * the write.
 *
 * @param offset bytes from the BAR's start
 * @param width bytes that are written
 * @param shared true if all queues have this place, and the value written, which is the queue's
 *     index, tells them apart; false if any value means this queue
 */
public record DoorbellPlace(int bar, long offset, int width, int queue, boolean shared) {}
