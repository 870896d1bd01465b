package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import java.util.List;
import java.util.Optional;

/**
 * The error function as compilers write it out: x · P(x²) / Q(x²) for x clipped to a range, and its complement as
 * 1 − x · P(x²) where |x| is small, selected against another formula of x where it is not.
 */
final class ErrorFunctionRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (last.operator().equals(new Elementwise(Kind.DIVIDE))) {
            return quotient(last, pattern);
        }
        return last.operator().equals(new Elementwise(Kind.SELECT)) ? complement(last, pattern) : Optional.empty();
    }

    private static Optional<List<Node>> quotient(Node last, Pattern pattern) {
        return oddPolynomial(last.inputs().get(0), pattern)
                .filter(clipped -> isEvenPolynomial(last.inputs().get(1), clipped, pattern))
                .flatMap(clipped -> pattern.argument(clipped, Function.CLIP))
                .flatMap(x -> Replacement.of(last, error(last), x));
    }

    private static Optional<List<Node>> complement(Node last, Pattern pattern) {
        Optional<Node> near = pattern.elementwise(last.inputs().get(1), Kind.SUBTRACT)
                .filter(node -> Pattern.isScalar(node.inputs().get(0)));
        Optional<Tensor> x = near.flatMap(node -> oddPolynomial(node.inputs().get(1), pattern))
                .filter(argument -> magnitude(last.inputs().get(0), pattern).equals(Optional.of(argument)))
                .filter(argument -> new Formula(argument, pattern).isFunction(last.inputs().get(2)));
        if (near.isEmpty() || x.isEmpty()) {
            return Optional.empty();
        }
        Tensor error = new Tensor(last.name() + ".erf", last.output().type(), TensorRole.ACTIVATION);
        Tensor one = near.get().inputs().getFirst();
        return Optional.of(List.of(
                new Node(error.name(), last.layer(), error(last), List.of(x.get()), List.of(error), last.repetitions()),
                new Node(
                        last.name(),
                        last.layer(),
                        new Elementwise(Kind.SUBTRACT),
                        List.of(one, error),
                        last.outputs(),
                        last.repetitions())));
    }

    private static Activation error(Node last) {
        return new Activation(Function.ERF, last.output().type().type());
    }

    /** The tensor whose absolute value is compared with a number. */
    private static Optional<Tensor> magnitude(Tensor condition, Pattern pattern) {
        return pattern.elementwise(condition, Kind.COMPARE)
                .flatMap(Pattern::otherThanScalar)
                .flatMap(absolute -> pattern.argument(absolute, Function.ABSOLUTE));
    }

    /** The tensor that is multiplied with a polynomial of its square. */
    private static Optional<Tensor> oddPolynomial(Tensor tensor, Pattern pattern) {
        return pattern.elementwise(tensor, Kind.MULTIPLY)
                .flatMap(node -> {
                    Tensor first = node.inputs().get(0);
                    Tensor second = node.inputs().get(1);
                    return isEvenPolynomial(second, first, pattern)
                            ? Optional.of(first)
                            : isEvenPolynomial(first, second, pattern) ? Optional.of(second) : Optional.empty();
                });
    }

    /** Whether a tensor ends Horner's scheme, a sum of a number and a product, over the square of x. */
    private static boolean isEvenPolynomial(Tensor tensor, Tensor x, Pattern pattern) {
        return pattern.elementwise(tensor, Kind.ADD)
                .flatMap(Pattern::otherThanScalar)
                .flatMap(product -> pattern.elementwise(product, Kind.MULTIPLY))
                .filter(product -> product.inputs().stream()
                        .anyMatch(factor -> pattern.squared(factor).equals(Optional.of(pattern.plain(x)))))
                .filter(_ -> new Formula(x, pattern).isPolynomial(tensor))
                .isPresent();
    }
}
