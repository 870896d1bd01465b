package dev.infermark.reader.translate;

import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;

/**
 * What a name in a file stands for while it is read.
 *
 * @param tensor the tensor in the graph
 * @param literal its elements, where they are few and known
 * @param layout how the file's axes map to those of the tensor
 * @param certainty whether its shape is certain
 */
public record Value(Tensor tensor, Optional<Literal> literal, Layout layout, Certainty certainty) {

    /** How the axes of the file map to those of the tensor. */
    public enum Layout {
        /** One to one. */
        AS_WRITTEN,
        /** The file has [batch, spatial..., channels], the tensor [batch, channels, spatial...]. */
        CHANNELS_LAST
    }

    /** Whether a shape follows from the file. */
    public enum Certainty {
        /** It does. */
        CERTAIN,
        /** It was guessed after an unknown operator. */
        GUESSED
    }

    /** A tensor of the graph. */
    public static Value of(Tensor tensor) {
        return new Value(tensor, Optional.empty(), Layout.AS_WRITTEN, Certainty.CERTAIN);
    }

    /** This value with another layout. */
    public Value in(Layout other) {
        return new Value(tensor, literal, other, certainty);
    }

    /** This value, its shape a guess. */
    public Value guessed() {
        return new Value(tensor, literal, layout, Certainty.GUESSED);
    }

    /** This value as something stored but not learned, where it is stored. */
    public Value fixed() {
        return isStored() ? withTensor(new Tensor(tensor.name(), tensor.type(), TensorRole.CONSTANT)) : this;
    }

    /** This value as a learned parameter, where it is stored. */
    public Value learned() {
        return isStored() ? withTensor(new Tensor(tensor.name(), tensor.type(), TensorRole.PARAMETER)) : this;
    }

    /** Whether it is loaded with the model. */
    public boolean isStored() {
        return tensor.role().isStored();
    }

    /** Whether it is a learned parameter. */
    public boolean isParameter() {
        return tensor.role() == TensorRole.PARAMETER;
    }

    /** The element type. */
    public DataType type() {
        return tensor.type().type();
    }

    /** The shape as the file has it. */
    public Shape shape() {
        Shape shape = tensor.shape();
        if (layout == Layout.AS_WRITTEN) {
            return shape;
        }
        List<Long> dimensions = new java.util.ArrayList<>(shape.dimensions());
        dimensions.add(dimensions.remove(1));
        return new Shape(dimensions);
    }

    /** The dimension of one of the file's axes. */
    public long dimension(int axis) {
        return shape().dimension(axis);
    }

    /** The elements, which the file must make known. */
    public Literal known() {
        return literal.orElseThrow(() -> new IllegalArgumentException("the elements of " + tensor.name()
                + " are only known at run time; export the model with fixed shapes"));
    }

    /** The same stored elements under another type. */
    Value view(TensorType type, Optional<Literal> elements) {
        return new Value(new Tensor(tensor.name(), type, tensor.role()), elements, Layout.AS_WRITTEN, certainty);
    }

    private Value withTensor(Tensor other) {
        return new Value(other, literal, layout, certainty);
    }
}
