package dev.infermark;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Assertions on what errors tell their reader. */
public final class Messages {
    private Messages() {}

    /** Fails unless the message mentions every one of these words. */
    public static void assertMentions(Throwable error, String... words) {
        String message = String.valueOf(error.getMessage());
        for (String word : words) {
            assertTrue(message.contains(word), () -> "'" + word + "' is missing in: " + message);
        }
    }
}
