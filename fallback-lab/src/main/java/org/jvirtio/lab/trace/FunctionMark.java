package org.jvirtio.lab.trace;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jvirtio.trace.Mark;

/** The first words of the marks in the trace of a PCI function, and what follows them. */
public enum FunctionMark {
    /** {@code interrupts off}, {@code interrupts msix 3}, {@code interrupts intx}. */
    INTERRUPTS,
    /** {@code dma physical 0x1000 0x2000 0x1000}: kind of address, address, bytes, alignment. */
    DMA,
    /** {@code phase start}: what whoever records begins to do now. */
    PHASE,
    /** {@code reset}: by the means of PCI. */
    RESET,
    /** {@code quarantine}. */
    QUARANTINE,
    /** {@code close}. */
    CLOSE;

    static final String MSIX = "msix";
    static final String INTX = "intx";
    static final String OFF = "off";

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text(String rest) {
        return word() + " " + rest;
    }

    boolean is(Mark mark) {
        return mark.is(word());
    }

    /** The hexadecimal number at {@code index} after the first word; 0 if there is none. */
    static long numberAfter(Mark mark, int index) {
        String word = wordAfter(mark, index);
        return word.matches("0x[0-9a-f]{1,15}") ? Long.parseLong(word.substring(2), 16) : 0;
    }

    /** The word at {@code index} after the first; empty if there is none. */
    static String wordAfter(Mark mark, int index) {
        List<String> words = Pattern.compile(" +").splitAsStream(mark.text()).toList();
        return index + 1 < words.size() ? words.get(index + 1) : "";
    }
}
