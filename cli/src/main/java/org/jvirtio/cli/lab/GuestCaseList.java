package org.jvirtio.cli.lab;

import java.util.List;
import org.jvirtio.lab.LabCase;

/**
 * A list of cases that host and guest make alike, so that only positions in it travel. Named by
 * class, and made with its public constructor without parameters.
 */
public interface GuestCaseList {

    /**
     * All cases, in the same order on both sides; nothing is opened.
     *
     * @param arguments as the command gave them to {@link GuestCases}
     */
    List<? extends LabCase> cases(List<String> arguments);
}
