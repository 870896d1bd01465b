package dev.infermark.reader.translate;

import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A small tensor whose elements are known while the file is read, such as the target of a reshape.
 *
 * <p>Elements are held as doubles: whole numbers are exact up to 2^53, and larger ones only occur as "up to the end".
 */
public final class Literal {
    /** Larger tensors are weights or masks, whose elements change no cost. */
    public static final int MOST_ELEMENTS = 16_384;

    private final TensorType type;
    private final double[] elements;

    private Literal(TensorType type, double[] elements) {
        if (type.shape().elements() != elements.length) {
            throw new IllegalArgumentException(elements.length + " elements for " + type);
        }
        this.type = type;
        this.elements = elements;
    }

    /** A tensor of these elements, outermost first. */
    public static Literal of(TensorType type, double... elements) {
        return new Literal(type, elements.clone());
    }

    /** A vector of whole numbers. */
    public static Literal vector(List<Long> numbers) {
        double[] elements = numbers.stream().mapToDouble(Long::doubleValue).toArray();
        return new Literal(new TensorType(DataType.INT64, Shape.of(elements.length)), elements);
    }

    /** One whole number. */
    public static Literal scalar(long number) {
        return new Literal(new TensorType(DataType.INT64, Shape.of()), new double[] {number});
    }

    /** A tensor filled with one value. */
    public static Literal filled(TensorType type, double value) {
        double[] elements = new double[size(type.shape())];
        Arrays.fill(elements, value);
        return new Literal(type, elements);
    }

    /** A tensor whose elements are computed from their indices. */
    static Literal generate(TensorType type, ToDoubleFunction<long[]> element) {
        Shape shape = type.shape();
        double[] elements = new double[size(shape)];
        long[] index = new long[shape.rank()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element.applyAsDouble(index);
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                index[axis]++;
                if (index[axis] < shape.dimension(axis)) {
                    break;
                }
                index[axis] = 0;
            }
        }
        return new Literal(type, elements);
    }

    /** Whether a tensor of this shape is small enough to be known. */
    public static boolean fits(Shape shape) {
        return shape.elements() <= MOST_ELEMENTS;
    }

    /** The element type and shape. */
    public TensorType type() {
        return type;
    }

    /** The shape. */
    public Shape shape() {
        return type.shape();
    }

    /** The elements, outermost first. */
    public List<Double> elements() {
        return Arrays.stream(elements).boxed().toList();
    }

    /** The elements as whole numbers. */
    public List<Long> numbers() {
        List<Long> numbers = new ArrayList<>(elements.length);
        for (double element : elements) {
            numbers.add((long) element);
        }
        return numbers;
    }

    /** The only element. */
    public double value() {
        if (elements.length != 1) {
            throw new IllegalArgumentException("one number expected, got " + type);
        }
        return elements[0];
    }

    /** The only element as a whole number. */
    public long number() {
        return (long) value();
    }

    /** The element at an index. */
    double at(long[] index) {
        long offset = 0;
        for (int axis = 0; axis < index.length; axis++) {
            offset = offset * shape().dimension(axis) + index[axis];
        }
        return elements[(int) offset];
    }

    /** The element at an offset, outermost first. */
    double at(long offset) {
        return elements[Math.toIntExact(offset)];
    }

    /** The same elements under another shape. */
    Literal reshape(Shape shape) {
        return new Literal(type.withShape(shape), elements);
    }

    /** The same elements in another type; fractions are dropped where it holds whole numbers. */
    Literal cast(DataType other) {
        DoubleUnaryOperator conversion = other == DataType.BOOL
                ? x -> x == 0 ? 0 : 1
                : other.isFloatingPoint() ? x -> x : x -> x < 0 ? Math.ceil(x) : Math.floor(x);
        return map(other, conversion);
    }

    /** A function of each element. */
    Literal map(DataType result, DoubleUnaryOperator function) {
        return new Literal(new TensorType(result, shape()), Arrays.stream(elements).map(function).toArray());
    }

    /** A function of the elements of both, which broadcast. */
    Literal zip(Literal other, DataType result, DoubleBinaryOperator function) {
        Shape shape = shape().broadcast(other.shape());
        Literal left = expand(shape);
        Literal right = other.expand(shape);
        double[] combined = new double[left.elements.length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] = function.applyAsDouble(left.elements[i], right.elements[i]);
        }
        return new Literal(new TensorType(result, shape), combined);
    }

    /** The tensor repeated to a shape that its own broadcasts to. */
    Literal expand(Shape shape) {
        if (shape.equals(shape())) {
            return this;
        }
        int added = shape.rank() - shape().rank();
        return generate(type.withShape(shape), index -> {
            long offset = 0;
            for (int axis = 0; axis < shape().rank(); axis++) {
                long dimension = shape().dimension(axis);
                offset = offset * dimension + (dimension == 1 ? 0 : index[axis + added]);
            }
            return elements[(int) offset];
        });
    }

    private static int size(Shape shape) {
        if (!fits(shape)) {
            throw new IllegalArgumentException("tensor " + shape + " is too large to be computed from");
        }
        return (int) shape.elements();
    }

    @Override
    public String toString() {
        return type + Arrays.toString(elements);
    }
}
