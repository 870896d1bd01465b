package dev.infermark.reader.hlo;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which parameters of the entry computation are weights; the others are given by the caller on each inference.
 *
 * <p>Without a pattern, a parameter is a weight if its name or the {@code op_name} in its metadata says so (weight,
 * kernel, bias, gamma, beta, embedding, params), or if it is of floating-point type and is used as one: multiplied with
 * something computed, as the kernel of a convolution, as the table of a lookup, or as a vector that is broadcast. Of
 * two parameters that are multiplied with each other one is the weight; see HloWeightFinder.
 *
 * @param pattern a regular expression found in the names of weights; empty to tell them by use
 */
public record HloWeights(Optional<Pattern> pattern) {

    /** Weights are told by their names and their use. */
    public static HloWeights byUse() {
        return new HloWeights(Optional.empty());
    }

    /** Weights are those whose name or {@code op_name} contains a match of a regular expression. */
    public static HloWeights matching(String pattern) {
        return new HloWeights(Optional.of(Pattern.compile(pattern)));
    }
}
