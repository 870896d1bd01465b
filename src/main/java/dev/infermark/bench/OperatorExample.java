package dev.infermark.bench;

import dev.infermark.base.UserError;
import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.kernel.gpsimd.TensorSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A custom operator and what it is measured on, as JMH's parameter says it: {@code triangularMask:fp32:16x128x128}.
 *
 * @param operator the operator's name
 * @param type element type of the first input, or of the first output where there is no input
 * @param shape sizes of the inputs, joined by plus signs, or of the first output
 * @param inputs types and shapes of the inputs; empty where only the parameter is known
 */
public record OperatorExample(String operator, String type, String shape, List<TensorSpec> inputs) {
    /** The name of JMH's parameter. */
    public static final String PARAMETER = "operator";

    private static final String SEPARATOR = ":";

    /** Copies the list. */
    public OperatorExample {
        inputs = List.copyOf(inputs);
    }

    /** What an operator is measured on: its own example. */
    public static OperatorExample of(CustomOperator operator) {
        List<TensorSpec> inputs = operator.example();
        List<TensorSpec> shown = inputs.isEmpty() ? operator.outputs(inputs).subList(0, 1) : inputs;
        String shape = shown.stream().map(TensorSpec::shape).collect(Collectors.joining("+"));
        return new OperatorExample(operator.name(), shown.getFirst().type().label(), shape, inputs);
    }

    /** JMH's parameter for each of the operators. */
    public static List<String> parameters(CustomOperators operators) {
        return operators.all().stream()
                .map(OperatorExample::of)
                .map(example -> String.join(SEPARATOR, example.operator, example.type, example.shape))
                .toList();
    }

    /** Reads JMH's parameter. */
    public static OperatorExample parse(String parameter) {
        String[] parts = parameter.split(SEPARATOR, -1);
        if (parts.length != 3) {
            throw new UserError("operator '" + parameter + "' is no NAME" + SEPARATOR + "TYPE" + SEPARATOR + "SHAPE");
        }
        return new OperatorExample(parts[0], parts[1], parts[2], List.of());
    }
}
