package org.jvirtio.pci;

import java.util.Optional;

/**
 * What one dword of a register-set capability came to.
 *
 * @param failure why the set is absent, where there is no window; otherwise without words
 */
record RegisterSetWindow(Optional<Window> window, Words failure) {

    static RegisterSetWindow at(Window window) {
        return new RegisterSetWindow(Optional.of(window), Words.of());
    }

    static RegisterSetWindow absent(Words failure) {
        return new RegisterSetWindow(Optional.empty(), failure);
    }

    boolean isEmpty() {
        return window.isEmpty();
    }
}
