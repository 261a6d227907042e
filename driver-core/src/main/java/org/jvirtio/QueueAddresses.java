package org.jvirtio;

/**
 * Device addresses of the three areas of a virtqueue (section 2.6).
 *
 * @param descriptors descriptor table or packed ring
 * @param driver the area the driver writes: available ring or event suppression
 * @param device the area the device writes: used ring or event suppression
 */
public record QueueAddresses(long descriptors, long driver, long device) {}
