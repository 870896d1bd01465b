package dev.infermark.reader.rewrite;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** x · σ(x) as SiLU of x, and x · σ(1.702 · x) as the quick form of GELU. */
final class SiluRule implements Rule {

    @Override
    public Optional<List<Node>> apply(Node last, Pattern pattern) {
        if (!last.operator().equals(new Elementwise(Kind.MULTIPLY)) || last.inputs().size() != 2) {
            return Optional.empty();
        }
        Tensor first = last.inputs().get(0);
        Tensor second = last.inputs().get(1);
        return matched(last, first, second, pattern).or(() -> matched(last, second, first, pattern));
    }

    private static Optional<List<Node>> matched(Node last, Tensor x, Tensor gate, Pattern pattern) {
        Optional<Tensor> argument = pattern.argument(gate, Function.SIGMOID);
        if (argument.isEmpty()) {
            return Optional.empty();
        }
        Function function = argument.get().equals(x) ? Function.SILU : Function.QUICK_GELU;
        return argument.map(pattern::unscaled)
                .filter(x::equals)
                .flatMap(_ -> Replacement.of(last, new Activation(function, last.output().type().type()), x));
    }
}
