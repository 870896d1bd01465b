package dev.infermark.reader.translate;

import dev.infermark.graph.Reduce;
import dev.infermark.graph.Transpose;
import java.util.ArrayList;
import java.util.List;

/**
 * A product in Einstein's notation, such as {@code bhqd,bhkd->bhqk}.
 *
 * @param operands the labels of each operand's axes
 * @param result the labels of the result's axes
 */
public record Equation(List<List<Integer>> operands, List<Integer> result) {

    /** Reads an equation; without an arrow, the labels that occur once make the result in their order. */
    public static Equation parse(String text) {
        String bare = text.replace(" ", "");
        int arrow = bare.indexOf("->");
        String left = arrow < 0 ? bare : bare.substring(0, arrow);
        List<List<Integer>> operands = new ArrayList<>();
        for (String operand : left.split(",", -1)) {
            operands.add(labels(operand));
        }
        List<Integer> all = operands.stream().flatMap(List::stream).toList();
        List<Integer> result = arrow < 0
                ? all.stream()
                        .filter(label -> all.indexOf(label) == all.lastIndexOf(label))
                        .sorted()
                        .toList()
                : labels(bare.substring(arrow + 2));
        return new Equation(operands, result);
    }

    /** The result for one or two operands. */
    public Value apply(Translation graph, String name, List<Value> values) {
        if (values.size() != operands.size() || values.size() > 2) {
            throw new IllegalArgumentException("a product of " + values.size() + " tensors by " + operands);
        }
        if (values.size() == 2) {
            return new Contraction(graph)
                    .contract(name, values.get(0), operands.get(0), values.get(1), operands.get(1), result);
        }
        List<Integer> labels = operands.getFirst();
        List<Integer> kept = labels.stream().filter(result::contains).toList();
        List<Integer> summed = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (!result.contains(labels.get(i))) {
                summed.add(i);
            }
        }
        Value sum = summed.isEmpty()
                ? values.getFirst()
                : graph.add(name, new Reduce(Reduce.Kind.SUM, summed, Reduce.Axes.DROPPED), values.getFirst());
        return new Movement(graph)
                .transpose(name + ".order", sum, new Transpose(result.stream().map(kept::indexOf).toList()));
    }

    private static List<Integer> labels(String text) {
        if (!text.chars().allMatch(Character::isLetter)) {
            throw new IllegalArgumentException("axes \"" + text + "\" of a product are not modelled");
        }
        return text.chars().boxed().toList();
    }
}
