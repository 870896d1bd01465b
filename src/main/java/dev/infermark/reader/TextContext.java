package dev.infermark.reader;

import java.util.OptionalLong;

/** How many tokens a model that generates text can read and write. */
public sealed interface TextContext {
    /** What nothing limits, as far as is known. */
    TextContext ENDLESS = new Shared(Long.MAX_VALUE, OptionalLong.empty());

    /**
     * A decoder alone, whose prompt and answer share its positions.
     *
     * @param positions rows of its table; {@link Long#MAX_VALUE} without one
     * @param trained tokens of the longest sequences that it was trained on, where its config says so
     */
    record Shared(long positions, OptionalLong trained) implements TextContext {}

    /**
     * An encoder of texts and a decoder.
     *
     * @param encoder positions of prompts; {@link Long#MAX_VALUE} where they are relative
     * @param decoder positions of answers, likewise
     */
    record Encoded(long encoder, long decoder) implements TextContext {}

    /**
     * An encoder of audio and a decoder.
     *
     * @param frames that the encoder makes of the audio
     * @param decoder positions of answers
     */
    record Heard(long frames, long decoder) implements TextContext {}
}
