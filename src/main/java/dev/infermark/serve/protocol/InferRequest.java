package dev.infermark.serve.protocol;

import dev.infermark.graph.Shape;
import dev.infermark.serve.model.Datatype;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.TensorSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A request for an inference, without the data, of which only the amount matters.
 *
 * @param id what the client calls it, sent back with the answer
 * @param inputs the tensors that it brings
 * @param outputs the outputs that it asks for; empty for all
 */
public record InferRequest(Optional<String> id, List<Input> inputs, List<String> outputs) {

    /**
     * A tensor that a request brings.
     *
     * @param name of the model's input
     * @param datatype as the client names it
     * @param shape as the client gives it
     */
    public record Input(String name, String datatype, List<Long> shape) {
        /** Copies the shape. */
        public Input {
            shape = List.copyOf(shape);
        }

        /** The type, if it is one that models here have. */
        public Datatype type() {
            return Datatype.named(datatype)
                    .orElseThrow(() -> ProtocolException.invalid(
                            "input '" + name + "' has datatype '" + datatype + "', which no model here takes"));
        }

        /** How many elements the shape has. */
        public long elements() {
            try {
                return new Shape(shape).elements();
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw ProtocolException.invalid("input '" + name + "' has the impossible shape " + shape);
            }
        }

        /** How many bytes the elements have as binary data. */
        public long bytes() {
            try {
                return Math.multiplyExact(elements(), (long) type().bytes());
            } catch (ArithmeticException e) {
                throw ProtocolException.invalid("input '" + name + "' has the impossible shape " + shape);
            }
        }
    }

    /** Copies the lists. */
    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Checks the request against what a model takes.
     *
     * @return how many sequences or images it carries
     * @throws ProtocolException where an input is missing, unknown, of another type or shape, or an output unknown
     */
    public int requireFit(ServedModel model) {
        Map<String, TensorSpec> wanted =
                model.inputs().stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
        Set<String> given = new HashSet<>();
        for (Input input : inputs) {
            TensorSpec spec = wanted.get(input.name());
            if (spec == null) {
                throw ProtocolException.invalid("unexpected inference input '" + input.name() + "' for model '"
                        + model.name() + "', which takes " + names(model.inputs()));
            }
            if (!given.add(input.name())) {
                throw ProtocolException.invalid("input '" + input.name() + "' is given twice");
            }
            requireFit(model, input, spec);
        }
        for (TensorSpec spec : model.inputs()) {
            if (!given.contains(spec.name())) {
                throw ProtocolException.invalid("input '" + spec.name() + "' of model '" + model.name()
                        + "' is missing; it takes " + names(model.inputs()));
            }
        }
        Set<String> known = model.outputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
        for (String output : outputs) {
            if (!known.contains(output)) {
                throw ProtocolException.invalid("unexpected inference output '" + output + "' for model '"
                        + model.name() + "', which gives " + names(model.outputs()));
            }
        }
        return model.maxBatch() == 0 ? model.placesPerCall() : batch(model);
    }

    private static void requireFit(ServedModel model, Input input, TensorSpec spec) {
        if (!spec.datatype().name().equals(input.datatype())) {
            throw ProtocolException.invalid("inference input '" + input.name() + "' has datatype '" + input.datatype()
                    + "', but model '" + model.name() + "' expects '" + spec.datatype() + "'");
        }
        List<Long> shape = input.shape();
        List<Long> expected = spec.shape();
        boolean fits = shape.size() == expected.size();
        for (int i = 0; fits && i < expected.size(); i++) {
            fits = expected.get(i) == -1 || expected.get(i).equals(shape.get(i));
        }
        if (!fits) {
            throw ProtocolException.invalid("unexpected shape " + shape + " of input '" + input.name() + "' for model '"
                    + model.name() + "'; expected " + expected);
        }
    }

    private int batch(ServedModel model) {
        long batch = inputs.getFirst().shape().getFirst();
        for (Input input : inputs) {
            if (input.shape().getFirst() != batch) {
                throw ProtocolException.invalid("input '" + input.name() + "' has a batch of "
                        + input.shape().getFirst() + ", but input '" + inputs.getFirst().name() + "' has one of "
                        + batch);
            }
        }
        if (batch < 1 || batch > model.maxBatch()) {
            throw ProtocolException.invalid("a request of batch " + batch + " must be of 1 to " + model.maxBatch()
                    + " for model '" + model.name() + "'");
        }
        return (int) batch;
    }

    private static String names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).collect(Collectors.joining("', '", "'", "'"));
    }
}
