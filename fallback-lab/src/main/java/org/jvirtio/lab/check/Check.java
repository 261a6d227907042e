package org.jvirtio.lab.check;

/** Looks whether one row holds for the device on the bench. */
interface Check {

    /** Leaves the device in whatever state; the bench resets it. */
    Finding on(Bench bench);
}
