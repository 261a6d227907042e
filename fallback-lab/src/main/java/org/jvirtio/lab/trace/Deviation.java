package org.jvirtio.lab.trace;

/**
 * Where something did not go as recorded.
 *
 * @param event index of the event in the trace
 * @param recorded the access as it was, with its names
 * @param instead what happened this time
 */
public record Deviation(int event, String recorded, String instead) {

    @Override
    public String toString() {
        return "event " + event + ": recorded was " + recorded.strip() + "; now " + instead;
    }
}
