package org.jvirtio.learn.check;

import java.util.List;

/**
 * What an exercise is tried with.
 *
 * @param <T> the interface that the learner's class implements
 */
public interface Checker<T> {

    /** The interface, to check the class against before anything of it is called. */
    Class<T> asked();

    /** The trials, easy ones first; making them does not call the learner's code. */
    List<Trial> trials(T code);

    /** The trials of an object that is known to be one of {@link #asked}. */
    default List<Trial> trialsOf(Object code) {
        return trials(asked().cast(code));
    }
}
