package dev.infermark.reader.builtin;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What all spellings of a network's name have in common. Checkpoints for chat and instructions have the network of the
 * one that they were trained from, and so have those that other organisations publish again.
 *
 * @param text lower case, without organisation, separators, maker and suffixes of checkpoints
 */
record ModelName(String text) {
    /** A number after the slash is part of the name, as in {@code vit-b/16}. */
    private static final Pattern ORGANISATION = Pattern.compile("^.*/(?=\\p{L})");

    private static final Pattern CHECKPOINT = Pattern.compile("([-_ ](hf|chat|instruct|it|2507|thinking))+$");
    private static final Pattern MAKER = Pattern.compile("^meta(?=llama)");
    private static final Pattern SEPARATORS = Pattern.compile("[-_ ]");

    /** The common part of a name such as {@code meta-llama/Llama-2-7b-chat-hf}, here {@code llama27b}. */
    static ModelName of(String name) {
        String own = ORGANISATION.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("");
        String network = CHECKPOINT.matcher(own).replaceFirst("");
        String joined = SEPARATORS.matcher(network).replaceAll("");
        return new ModelName(MAKER.matcher(joined).replaceFirst(""));
    }
}
