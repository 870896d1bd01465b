package dev.infermark.deploy.generate;

import dev.infermark.base.UserError;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.TextContext;
import dev.infermark.reader.TextContext.Encoded;
import dev.infermark.reader.TextContext.Heard;
import dev.infermark.reader.TextContext.Shared;
import dev.infermark.reader.Workload;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model that generates text.
 *
 * @param shape what cores can share of it
 * @param context how many tokens it can read and write
 */
public record TextModel(TransformerShape shape, TextContext context) {

    /**
     * A model, with the audio and the sizes of a file's dimensions that a workload names.
     *
     * @throws UserError when it is no transformer, or audio is given to one that reads text
     */
    public static TextModel of(ModelSource source, Workload workload) {
        TextContext context = source.context(workload);
        if (workload.seconds().isPresent() && !(context instanceof Heard)) {
            throw new UserError(source.name() + " reads no audio; leave out --seconds");
        }
        return new TextModel(TransformerShapes.of(source, workload), context);
    }

    /**
     * Tokens of a prompt, or frames of audio.
     *
     * @param asked as the user named them
     * @param otherwise where the user did not
     * @throws UserError when tokens were asked for of a model that hears
     */
    public long inputTokens(OptionalLong asked, long otherwise) {
        if (context instanceof Heard(long frames, _)) {
            if (asked.isPresent()) {
                throw new UserError(shape.name() + " reads audio and no prompt: its encoder has " + frames
                        + " frames; leave out --input-length, or give --seconds");
            }
            return frames;
        }
        return asked.orElse(otherwise);
    }

    /** Refuses requests that are longer than the model has positions for. */
    public void requireRoom(GenerationRequest request) {
        switch (context) {
            case Shared(long positions, _) ->
                    require(positions, request.compiledTokens(), "", "a shorter input, output or compiled length");
            case Encoded(long encoder, long decoder) -> require(encoder, decoder, request);
            case Heard(long frames, long decoder) -> require(frames, decoder, request);
        }
    }

    private void require(long encoder, long decoder, GenerationRequest request) {
        require(encoder, request.inputTokens(), " of its encoder", "a shorter input length");
        require(decoder, request.outputTokens(), " of its decoder", "a shorter output length");
    }

    private void require(long positions, long tokens, String of, String remedy) {
        if (tokens > positions) {
            throw new UserError(shape.name() + " has " + positions + " positions" + of + ", fewer than the " + tokens
                    + " tokens asked for; give " + remedy);
        }
    }

    /** What is said of sequences that the model runs, though it never saw as long ones in its training. */
    public Optional<String> note(GenerationRequest request) {
        return context instanceof Shared(_, OptionalLong trained)
                        && request.inputTokens() + request.outputTokens() > trained.orElse(Long.MAX_VALUE)
                ? Optional.of(shape.name() + " was made for sequences of up to " + trained.getAsLong()
                        + " tokens; of " + (request.inputTokens() + request.outputTokens())
                        + " it is predicted how long they take, and nothing of what it writes")
                : Optional.empty();
    }
}
