package org.jvirtio.linux;

/** The check that every access to registers passes, whatever is behind them. */
final class RegisterBounds {

    private RegisterBounds() {}

    static void check(int offset, int width, long length) {
        if (offset < 0 || offset > length - width || (offset & width - 1) != 0) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            "%d-byte access at 0x%x of registers that have 0x%x bytes",
                            width, offset, length));
        }
    }
}
