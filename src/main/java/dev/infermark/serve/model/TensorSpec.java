package dev.infermark.serve.model;

import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An input or output of a served model.
 *
 * @param name its name in the graph
 * @param datatype type of its elements
 * @param compiled its shape in a call
 * @param isBatched whether its first dimension counts what the call carries, so that a request may have less of it
 */
public record TensorSpec(String name, Datatype datatype, Shape compiled, boolean isBatched) {

    static TensorSpec of(Tensor tensor, boolean isBatched) {
        return new TensorSpec(tensor.name(), Datatype.of(tensor.type().type()), tensor.shape(), isBatched);
    }

    /** The shape in metadata: -1 for a dimension that a request chooses. */
    public List<Long> shape() {
        return isBatched ? withFirst(-1) : compiled.dimensions();
    }

    /** The shape without the dimension that a request chooses, as a model's configuration has it. */
    public List<Long> shapeOfOne() {
        return isBatched ? compiled.dimensions().subList(1, compiled.rank()) : compiled.dimensions();
    }

    /** The shape for a request that carries so many sequences or images. */
    public List<Long> shape(int batch) {
        return isBatched ? withFirst(batch) : compiled.dimensions();
    }

    private List<Long> withFirst(long first) {
        List<Long> dimensions = new ArrayList<>(compiled.dimensions());
        dimensions.set(0, first);
        return List.copyOf(dimensions);
    }
}
