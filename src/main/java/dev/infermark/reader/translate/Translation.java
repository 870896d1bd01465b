package dev.infermark.reader.translate;

import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.reader.rewrite.Rewriter;
import dev.infermark.reader.translate.Value.Certainty;
import dev.infermark.reader.translate.Value.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A graph in the making: values in, nodes and values out. Not safe for use by several threads. */
public final class Translation {
    /** 2^40 elements are 4 TB in FP32; no instance holds such a tensor. */
    private static final long MOST_ELEMENTS = 1L << 40;

    private static final int MOST_AXES = 16;
    /** Networks written out layer by layer, every operator decomposed, have some ten thousand. */
    private static final int MOST_NODES = 100_000;
    /** Elements that may be computed while reading; real files need thousands. */
    private static final long MOST_FOLDED_ELEMENTS = 1L << 24;

    private final GraphBuilder builder;
    /** Operators, operands and calls that may be looked at; networks have some hundred thousand. */
    private static final long MOST_STEPS = 2_000_000;

    private int nodes;
    private long steps;
    private long repetitions = 1;
    private int literals;
    private long foldedElements;

    /** Starts a graph of this name. */
    public Translation(String name) {
        builder = new GraphBuilder(name);
    }

    /** Declares an input of the network. */
    public Value input(String name, TensorType type) {
        return Value.of(builder.input(name, checked(type)));
    }

    /** A learned tensor of the file. */
    public Value parameter(String name, TensorType type) {
        return Value.of(builder.parameter(name, checked(type)));
    }

    /** A tensor of the file that is not learned and whose elements are of no interest. */
    public Value constant(String name, TensorType type) {
        return Value.of(builder.constant(name, checked(type)));
    }

    /**
     * Counts what a reader looks at, since calls and loops make much of a small file.
     *
     * @throws IllegalArgumentException when it is more than any network needs
     */
    public void spend(long more) {
        steps += more;
        if (steps > MOST_STEPS) {
            throw new IllegalArgumentException("the network has more than " + MOST_STEPS
                    + " operators and operands when its calls are written out");
        }
    }

    /** Counts elements that are computed while reading. */
    void fold(long elements) {
        foldedElements += elements;
        if (foldedElements > MOST_FOLDED_ELEMENTS) {
            throw new IllegalArgumentException("the file computes more than " + MOST_FOLDED_ELEMENTS
                    + " elements from constants; simplify it first");
        }
    }

    /** A value whose elements are known. */
    public Value known(Literal literal) {
        fold(literal.shape().elements());
        Tensor tensor = builder.constant("constant." + ++literals, checked(literal.type()));
        return new Value(tensor, Optional.of(literal), Layout.AS_WRITTEN, Certainty.CERTAIN);
    }

    /** A learned tensor whose elements are known, because it is small. */
    public Value parameter(String name, Literal literal) {
        return new Value(
                builder.parameter(name, checked(literal.type())),
                Optional.of(literal),
                Layout.AS_WRITTEN,
                Certainty.CERTAIN);
    }

    /**
     * What is written while a part of the network is translated that runs several times.
     *
     * @param times how often, within what is already repeated
     */
    public <T> T repeated(long times, Supplier<T> part) {
        long outer = repetitions;
        repetitions = Math.multiplyExact(outer, times);
        builder.repetitions(repetitions);
        try {
            return part.get();
        } finally {
            repetitions = outer;
            builder.repetitions(outer);
        }
    }

    /** Adds a node with one output; the file's axes are those of the tensors. */
    public Value add(String name, Operator operator, Value... operands) {
        return addAll(name, operator, List.of(operands)).getFirst();
    }

    /** Adds a node; the file's axes are those of the tensors. */
    public List<Value> addAll(String name, Operator operator, List<Value> operands) {
        List<Value> written = operands.stream().map(this::asWritten).toList();
        return addPhysically(name, operator, written, Layout.AS_WRITTEN);
    }

    /** Adds a node that works on the tensors as they lie, and says what its outputs' axes mean to the file. */
    List<Value> addPhysically(String name, Operator operator, List<Value> operands, Layout layout) {
        spend(1L + operands.size());
        if (++nodes > MOST_NODES) {
            throw new IllegalArgumentException("the network has more than " + MOST_NODES + " operators");
        }
        boolean guessed = operands.stream().anyMatch(value -> value.certainty() == Certainty.GUESSED);
        List<Tensor> tensors = operands.stream().map(Value::tensor).toList();
        List<Value> results = new ArrayList<>();
        for (Tensor output : builder.addAll(name, operator, tensors)) {
            checked(output.type());
            Value result = Value.of(output).in(output.shape().rank() > 2 ? layout : Layout.AS_WRITTEN);
            results.add(guessed ? result.guessed() : result);
        }
        return List.copyOf(results);
    }

    /** The value with the file's axes; renaming axes moves no data. */
    public Value asWritten(Value value) {
        if (value.layout() == Layout.AS_WRITTEN) {
            return value;
        }
        return addPhysically(
                        value.tensor().name() + ".channels_last",
                        new Reshape(value.shape()),
                        List.of(value),
                        Layout.AS_WRITTEN)
                .getFirst();
    }

    /** The value with channels as the second axis of the tensor, whose axes the file has in the other order. */
    public Value channelsLast(Value value) {
        if (value.layout() == Layout.CHANNELS_LAST) {
            return value;
        }
        List<Long> dimensions = new ArrayList<>(value.shape().dimensions());
        if (dimensions.size() < 3) {
            throw new IllegalArgumentException("an image expected, got " + value.shape());
        }
        dimensions.add(1, dimensions.removeLast());
        Shape shape = new Shape(dimensions);
        if (value.isStored()) {
            return value.view(value.tensor().type().withShape(shape), Optional.empty()).in(Layout.CHANNELS_LAST);
        }
        return addPhysically(
                        value.tensor().name() + ".channels_first",
                        new Reshape(shape),
                        List.of(value),
                        Layout.CHANNELS_LAST)
                .getFirst();
    }

    /** A stored tensor with its axes in another order; weights are laid out before they are loaded. */
    public Value transposed(String name, Value value, List<Integer> permutation) {
        return new Movement(this).transpose(name, value, new Transpose(permutation));
    }

    /** The finished graph, with what exporters decomposed fused again and what nobody reads left out. */
    public Graph finish(List<Value> outputs) {
        Tensor[] tensors = outputs.stream().map(this::asWritten).map(Value::tensor).toArray(Tensor[]::new);
        return Rewriter.standard().rewrite(builder.build(tensors));
    }

    private static TensorType checked(TensorType type) {
        if (type.shape().rank() > MOST_AXES) {
            throw new IllegalArgumentException("a tensor of " + type.shape().rank() + " axes");
        }
        if (type.shape().elements() > MOST_ELEMENTS) {
            throw new IllegalArgumentException("tensor " + type + " is larger than any instance holds");
        }
        return type;
    }

    /** What the role of a result is when all that it is computed from is stored. */
    static boolean allFixed(List<Value> values) {
        return values.stream().allMatch(value -> value.tensor().role() == TensorRole.CONSTANT);
    }
}
