package org.jvirtio;

/** Something to wait on. */
public interface Interrupt {

    /**
     * Waits until there may be something to look at.
     *
     * @param nanos the longest wait
     * @return true if an interrupt came, or if the mode is polling and looking is the only way to
     *     know; false if the limit passed. A true is a hint: spurious ones are allowed (section
     *     2.7.7.1).
     */
    boolean await(long nanos);
}
