package org.jvirtio.pci;

import java.util.Arrays;

/**
 * Words about a function with the values in them. The values are kept and become text when somebody
 * reads it: a choice says a hundred things, and whoever only drives the device reads none.
 *
 * <pre>
 *   Words.of("offset ", HexNumber.of(0x1000))     offset 0x1000
 * </pre>
 */
public final class Words {

    private final Object[] parts;

    private Words(Object[] parts) {
        this.parts = parts;
    }

    /**
     * The parts one after the other, each as its {@code toString} says it.
     *
     * @param parts texts and values that do not change any more
     */
    public static Words of(Object... parts) {
        return new Words(parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Words that && Arrays.equals(parts, that.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part);
        }
        return text.toString();
    }
}
