package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tells whether a tensor is computed, element by element, from one other tensor and stored numbers alone. */
final class Formula {
    /** Operators of the longest formulas that compilers write out, such as that of the complementary error function. */
    private static final int MOST_OPERATORS = 128;

    private final Tensor x;
    private final Pattern pattern;

    Formula(Tensor x, Pattern pattern) {
        this.x = pattern.plain(x);
        this.pattern = pattern;
    }

    /** Whether a tensor is made of x by sums, products and powers. */
    boolean isPolynomial(Tensor tensor) {
        return isMade(tensor, operator -> operator instanceof Elementwise(Kind kind)
                ? kind == Kind.ADD || kind == Kind.MULTIPLY || kind == Kind.POWER
                : operator instanceof Activation activation && activation.function() == Function.SQUARE);
    }

    /** Whether a tensor is made of x by any functions of single elements. */
    boolean isFunction(Tensor tensor) {
        return isMade(tensor, operator -> operator instanceof Elementwise || operator instanceof Activation);
    }

    private boolean isMade(Tensor tensor, Predicate<Operator> allowed) {
        Deque<Tensor> open = new ArrayDeque<>(List.of(pattern.plain(tensor)));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Tensor next = open.remove();
            if (next.equals(x) || Pattern.isScalar(next) || !seen.add(next.name())) {
                continue;
            }
            Optional<Node> producer = pattern.producer(next).filter(node -> allowed.test(node.operator()));
            if (producer.isEmpty() || seen.size() > MOST_OPERATORS) {
                return false;
            }
            producer.get().inputs().forEach(input -> open.add(pattern.plain(input)));
        }
        return true;
    }
}
