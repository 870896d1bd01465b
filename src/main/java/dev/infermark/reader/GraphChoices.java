package dev.infermark.reader;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a user decides of a graph file that does not say it itself.
 *
 * @param weights a regular expression found in the names of weights, for files that do not tell them from inputs
 * @param signature the signature of a saved model that is called
 * @param inputs the file's names of tensors that the caller gives instead of what computes them
 * @param outputs the file's names of tensors that the caller gets instead of the file's outputs
 * @param branches the branch that is taken of conditionals which the file leaves open, by their names, from 0
 */
public record GraphChoices(
        Optional<Pattern> weights,
        Optional<String> signature,
        List<String> inputs,
        List<String> outputs,
        Map<String, Integer> branches) {
    /** The file decides. */
    public static final GraphChoices NONE =
            new GraphChoices(Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of());

    /** Copies the lists and the map. */
    public GraphChoices {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        branches = Map.copyOf(branches);
    }

    /**
     * Choices as a user writes them.
     *
     * @throws UserError when the pattern is no regular expression
     */
    public static GraphChoices ofWeights(String pattern) {
        try {
            return ofWeights(Optional.of(Pattern.compile(pattern)));
        } catch (PatternSyntaxException e) {
            throw new UserError("--weights \"" + pattern + "\" is no regular expression: " + e.getDescription()
                    + "; give one such as 'weight|kernel|p[0-9]+'", e);
        }
    }

    /** These weights, where they are told. */
    public static GraphChoices ofWeights(Optional<Pattern> pattern) {
        return new GraphChoices(pattern, Optional.empty(), List.of(), List.of(), Map.of());
    }

    /** These choices and a call of this signature. */
    public GraphChoices withSignature(String name) {
        return new GraphChoices(weights, Optional.of(name), inputs, outputs, branches);
    }

    /** These choices and the graph between these tensors; empty lists leave the file's own. */
    public GraphChoices cut(List<String> from, List<String> to) {
        return new GraphChoices(weights, signature, from, to, branches);
    }

    /** These choices and these branches of conditionals. */
    public GraphChoices taking(Map<String, Integer> taken) {
        return new GraphChoices(weights, signature, inputs, outputs, taken);
    }

    /** The branch that is taken of a conditional; empty where the file's own condition is not known. */
    public Optional<Integer> branch(String conditional) {
        return Optional.ofNullable(branches.get(conditional));
    }

    /** Whether the graph is cut. */
    public boolean isCut() {
        return !inputs.isEmpty() || !outputs.isEmpty();
    }
}
