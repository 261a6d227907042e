package org.jvirtio.pci;

import java.util.List;
import org.jvirtio.Interrupt;

/** The interrupts of one function, as its reach delivers them. At most one kind is on at a time. */
public interface FunctionInterrupts {

    /** Entries of the MSI-X table that this reach can deliver; 0 if none. */
    int msixVectors();

    /** True if the function has a pin and this reach can deliver it. */
    boolean hasIntx();

    /** Why there is less than the function itself offers, for people; empty if there is not. */
    String limitation();

    /**
     * Turns MSI-X on. Must happen before a vector number is written to a virtio register, and
     * before a legacy configuration offset is computed.
     *
     * @param vectors 1 to {@link #msixVectors}
     * @return one interrupt per vector
     * @throws org.jvirtio.EnvironmentException if the platform refuses
     */
    List<Interrupt> enableMsix(int vectors);

    /**
     * Turns the pin on. Each wait must be followed by {@link Intx#unmask} once its cause is read.
     */
    Intx enableIntx();

    /** Turns off whatever is on. */
    void disable();

    /** The level-triggered pin: masked by the platform when it fires. */
    interface Intx extends Interrupt {

        /** Lets it fire again; the ISR register must have been read before, or it storms. */
        void unmask();
    }
}
