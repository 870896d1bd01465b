package dev.infermark.reader;

import dev.infermark.base.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/** How likely each branch of conditionals is, whose choice falls at run time. */
public final class BranchProbabilities {
    private static final double ROUNDING = 1e-9;

    private final Map<String, List<Double>> byName;
    private final Optional<List<Double>> ofAll;

    private BranchProbabilities(Map<String, List<Double>> byName, Optional<List<Double>> ofAll) {
        this.byName = Map.copyOf(byName);
        this.ofAll = ofAll;
    }

    /**
     * Probabilities as a user writes them: {@code 0.3} for the first branch of every conditional, {@code NAME=0.3} for
     * one, {@code NAME=0.2:0.5:0.3} for all branches of one.
     *
     * @throws UserError for what is no probability, for sums other than 1 and for names given twice
     */
    public static BranchProbabilities parse(List<String> texts) {
        Map<String, List<Double>> byName = new HashMap<>();
        Optional<List<Double>> ofAll = Optional.empty();
        for (String text : texts) {
            int equals = text.lastIndexOf('=');
            List<Double> numbers = numbers(text, text.substring(equals + 1));
            boolean isNew = equals < 0 ? ofAll.isEmpty() : byName.put(text.substring(0, equals), numbers) == null;
            if (!isNew) {
                throw new UserError("--branch-probability " + text + " is given twice; give it once");
            }
            if (equals < 0) {
                ofAll = Optional.of(numbers);
            }
        }
        return new BranchProbabilities(byName, ofAll);
    }

    /** The conditionals that are named and not among these. */
    Set<String> without(Set<String> met) {
        Set<String> names = new TreeSet<>(byName.keySet());
        names.removeAll(met);
        return names;
    }

    /**
     * The probability of each branch of a conditional.
     *
     * @throws UserError where none is given, or for another number of branches
     */
    List<Double> of(String conditional, int branches) {
        List<Double> given = Optional.ofNullable(byName.get(conditional)).or(() -> ofAll).orElseThrow(() ->
                new UserError("conditional " + conditional + " has no probability; give --branch-probability "
                        + conditional + "=P, or one for all"));
        if (given.size() == 1 && branches == 2) {
            return List.of(given.getFirst(), 1 - given.getFirst());
        }
        if (given.size() != branches) {
            throw new UserError("conditional " + conditional + " has " + branches
                    + " branches; give the probability of each, --branch-probability " + conditional + "=P1:P2:…");
        }
        return given;
    }

    private static List<Double> numbers(String whole, String text) {
        try {
            List<Double> numbers =
                    new ArrayList<>(Arrays.stream(text.split(":", -1)).map(Double::valueOf).toList());
            double sum = numbers.stream().flatMapToDouble(DoubleStream::of).sum();
            boolean isWhole = numbers.size() == 1 || Math.abs(sum - 1) < ROUNDING;
            if (isWhole && numbers.stream().allMatch(number -> number >= 0 && number <= 1)) {
                return List.copyOf(numbers);
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers that are no probabilities.
        }
        throw new UserError("--branch-probability " + whole + " is no probability; write NAME=P with P from 0 to 1, P"
                + " alone for all conditionals, or NAME=P1:P2:… for all branches, which sum to 1");
    }
}
