package org.jvirtio.lab.overlay;

/**
 * What an answer becomes, byte by byte.
 *
 * @param value little-endian, as wide as the field
 * @param countsReads true: instead of {@code value}, how often the field was read so far
 */
record Change(Operation operation, long value, boolean countsReads) {

    /** How the value and the truth become the answer. */
    enum Operation {
        SET("="),
        OR("|"),
        AND("&"),
        TURN("^");

        private final String sign;

        Operation(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    /**
     * One byte of the answer.
     *
     * @param index of the byte in the field
     * @param truth what the function says
     */
    int apply(int index, int truth, long reads) {
        int own = (int) ((countsReads ? reads : value) >>> (Byte.SIZE * index)) & 0xff;
        return switch (operation) {
            case SET -> own;
            case OR -> truth | own;
            case AND -> truth & own;
            case TURN -> truth ^ own;
        };
    }
}
