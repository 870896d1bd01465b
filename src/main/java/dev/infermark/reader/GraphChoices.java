package dev.infermark.reader;

import dev.infermark.base.UserError;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a user decides of a graph file that does not say it itself.
 *
 * @param weights a regular expression that is found in the names of weights, for files that do not tell them from inputs
 */
public record GraphChoices(Optional<Pattern> weights) {
    /** The file decides. */
    public static final GraphChoices NONE = new GraphChoices(Optional.empty());

    /**
     * Choices as a user writes them.
     *
     * @throws UserError when the pattern is no regular expression
     */
    public static GraphChoices ofWeights(String pattern) {
        try {
            return new GraphChoices(Optional.of(Pattern.compile(pattern)));
        } catch (PatternSyntaxException e) {
            throw new UserError("--weights \"" + pattern + "\" is no regular expression: " + e.getDescription()
                    + "; give one such as 'weight|kernel|p[0-9]+'", e);
        }
    }
}
