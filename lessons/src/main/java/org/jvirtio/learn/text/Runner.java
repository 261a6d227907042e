package org.jvirtio.learn.text;

import java.util.List;
import java.util.Optional;
import org.jvirtio.learn.picture.Picture;

/** Runs the commands of a text; whoever shows the text knows how. */
public interface Runner {

    /**
     * What a command printed.
     *
     * @param picture which the same lines are of, if the command draws one
     */
    record Printed(List<String> lines, Optional<Picture> picture) {

        public Printed {
            lines = List.copyOf(lines);
        }
    }

    /** Runs {@code ./jvirtio words...}; a command that fails prints why. */
    Printed run(List<String> words);

    /** The words as this runner runs them: on another device than the text names, maybe. */
    default List<String> actual(List<String> words) {
        return words;
    }
}
