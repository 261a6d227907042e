package org.jvirtio.learn.picture;

import java.util.List;
import org.jvirtio.page.Markup;

/** Something drawn from live data, for two kinds of reader. */
public interface Picture {

    /** What it shows, and of which function. */
    String title();

    /** For a terminal, at most 100 columns; without line ends. */
    List<String> lines();

    /** For a page, below a heading of the second order. */
    void write(Markup page);
}
