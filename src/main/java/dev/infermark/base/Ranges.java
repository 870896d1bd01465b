package dev.infermark.base;

/** Checks of stretches of arrays. */
public final class Ranges {
    private Ranges() {}

    /**
     * Refuses a stretch that does not lie in its array.
     *
     * @param name of the argument, for the message
     * @param size elements of the array
     */
    public static void check(String name, int size, int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException(
                    name + " has " + size + " elements, too few for " + length + " at " + offset);
        }
    }
}
