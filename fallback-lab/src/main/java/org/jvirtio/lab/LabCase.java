package org.jvirtio.lab;

/**
 * One thing that the lab can try: a cell of a matrix, a fault, a conformance check.
 *
 * <p>A case opens what it needs, closes it again, and is bounded in time. It may run on any thread,
 * beside other cases, and more than once.
 */
public interface LabCase {

    /**
     * Names the case for ever: {@code faults/C1}, {@code check/STA-08/legacy}. What people type to
     * run it alone, and what a report keeps; lower and upper case, digits, {@code / - . , =}.
     */
    String id();

    /** What is claimed, in one sentence without a full stop. */
    String title();

    /** The clause that asks for it, such as {@code virtio 1.4 section 2.4.1, MUST}; or empty. */
    String clause();

    /**
     * Tries it. Whatever a device does, and whatever is missing, is a result; an exception is a
     * defect of the case.
     */
    CaseResult run();

    /** A command line that runs this case alone, from the root of a checkout. */
    default String reproduce() {
        String command = id().substring(0, Math.max(0, id().indexOf('/')));
        return "./jvirtio " + command + " " + id();
    }
}
