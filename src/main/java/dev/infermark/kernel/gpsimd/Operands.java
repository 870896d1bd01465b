package dev.infermark.kernel.gpsimd;

import dev.infermark.base.Counted;
import java.util.List;

/** Checks of what an operator is given. */
final class Operands {
    private Operands() {}

    /** The only input. */
    static TensorSpec only(CustomOperator operator, List<TensorSpec> inputs) {
        requireCount(operator, inputs, 1);
        return inputs.getFirst();
    }

    static void requireCount(CustomOperator operator, List<TensorSpec> inputs, int count) {
        if (inputs.size() != count) {
            throw new IllegalArgumentException("inputs: " + operator.name() + " takes "
                    + Counted.of(count, "tensor") + ", not " + inputs.size());
        }
    }

    static void require(boolean fits, CustomOperator operator, String wanted, Object given) {
        if (!fits) {
            throw new IllegalArgumentException("inputs: " + operator.name() + " takes " + wanted + ", not " + given);
        }
    }
}
