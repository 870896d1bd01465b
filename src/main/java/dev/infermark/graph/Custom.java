package dev.infermark.graph;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operator that a file uses and that the project does not know; a custom operator that the user registers under its
 * name may tell what it costs the GPSIMD engine.
 *
 * @param name the operator's name in the file
 * @param results the types of its outputs, as far as the file declares them
 */
public record Custom(String name, List<TensorType> results) implements Operator {
    private static final Pattern CONDITIONAL = Pattern.compile("(?:If|StatelessIf|conditional)(?: of (\\d{1,4}))?");

    /** Copies the list. */
    public Custom {
        results = List.copyOf(results);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return results;
    }

    @Override
    public Custom resized(List<TensorType> before, List<TensorType> after) {
        throw new IllegalArgumentException("what " + name + " makes of other sizes is not known");
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }

    @Override
    public String mnemonic() {
        return name;
    }

    /** A conditional of HLO with so many branches, whose choice is known only at run time. */
    public static Custom conditional(int branches, List<TensorType> results) {
        return new Custom(branches == 2 ? "conditional" : "conditional of " + branches, results);
    }

    /** Branches of a conditional, of which one runs; empty for other operators. */
    public OptionalInt branches() {
        Matcher matcher = CONDITIONAL.matcher(name);
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(matcher.group(1) == null ? 2 : Integer.parseInt(matcher.group(1)));
    }
}
