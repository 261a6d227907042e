package org.jvirtio.page;

/**
 * One link of a chain.
 *
 * @param place where it lies, in at most ten letters
 * @param bytes what lies there, in at most 64 letters
 * @param pointer the letter of {@code bytes} from which it goes on
 * @param words what it is
 */
public record ChainLink(String place, String bytes, int pointer, String words) {

    public ChainLink {
        if (pointer < 0 || pointer >= bytes.length()) {
            throw new IllegalArgumentException(
                    "letter " + pointer + " of '" + bytes + "' in the link at " + place);
        }
    }

    @Override
    public String toString() {
        return place + ": " + bytes + ", " + words;
    }
}
