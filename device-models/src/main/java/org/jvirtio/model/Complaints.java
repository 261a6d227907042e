package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model saw a driver do that the specification forbids, in order. Tests assert that it is
 * empty; a real device would have said nothing and behaved in some undefined way.
 *
 * <p>Thread-safe.
 */
public final class Complaints {

    private static final int MOST_KEPT = 1000;

    private final List<String> texts = new ArrayList<>();

    synchronized void add(String text) {
        if (texts.size() < MOST_KEPT) {
            texts.add(text);
        }
    }

    /** All complaints so far, oldest first. */
    public synchronized List<String> list() {
        return List.copyOf(texts);
    }

    /** All complaints so far, which are forgotten with that. */
    public synchronized List<String> take() {
        List<String> taken = List.copyOf(texts);
        texts.clear();
        return taken;
    }

    public synchronized boolean isEmpty() {
        return texts.isEmpty();
    }

    public synchronized void clear() {
        texts.clear();
    }

    @Override
    public synchronized String toString() {
        return texts.isEmpty() ? "no complaints" : String.join("\n", texts);
    }
}
