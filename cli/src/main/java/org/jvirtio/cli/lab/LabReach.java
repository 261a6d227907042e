package org.jvirtio.cli.lab;

import java.util.List;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;

/**
 * A reach that {@code matrix}, {@code faults} and {@code check} can be run at. A new one is a class
 * and its place in {@link #ALL}; no command changes.
 */
interface LabReach {

    /** The first is what nobody has to name. */
    List<LabReach> ALL =
            List.of(new EmulatedReach(), new GuestReach(), new QtestReach(), new VfioUserReach());

    /** As people type it behind {@code --reach}. */
    String label();

    /** The cases of a command here, and what runs them. Nothing is started before that runs. */
    Reached reach(ReachCases cases, Order order);

    /**
     * How somebody wants cases to be run.
     *
     * @param lab how many at a time, and how often
     * @param machine of the QEMU, for reaches that start one
     */
    record Order(Console console, LabOptions lab, GuestOptions machine) {}
}
