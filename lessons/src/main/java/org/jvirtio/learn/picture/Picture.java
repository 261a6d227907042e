package org.jvirtio.learn.picture;

import java.util.List;

/** Something drawn from live data, for two kinds of reader. */
public interface Picture {

    /** For a terminal, at most 100 columns; without line ends. */
    List<String> lines();

    /** For a page: one {@code svg} element, which inherits colour and font. */
    String svg();
}
