package org.jvirtio.cli;

/**
 * One thing that was verified, or was not.
 *
 * @param what the claim, as a sentence without a full stop
 * @param ok whether it held
 * @param seen the values that were compared
 */
public record Check(String what, boolean ok, String seen) {

    static Check equal(String what, Object expected, Object seen) {
        boolean ok = expected.equals(seen);
        return new Check(what, ok, ok ? String.valueOf(seen) : seen + ", expected " + expected);
    }

    static Check that(String what, boolean ok, String seen) {
        return new Check(what, ok, seen);
    }
}
