package dev.infermark.graph;

import java.util.List;

/**
 * An operator that a file uses and that the project does not know; a custom operator that the user registers under its
 * name may tell what it costs the GPSIMD engine.
 *
 * @param name the operator's name in the file
 * @param results the types of its outputs, as far as the file declares them
 */
public record Custom(String name, List<TensorType> results) implements Operator {

    /** Copies the list. */
    public Custom {
        results = List.copyOf(results);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return results;
    }

    @Override
    public Custom resized(List<TensorType> before, List<TensorType> after) {
        throw new IllegalArgumentException("what " + name + " makes of other sizes is not known");
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }

    @Override
    public String mnemonic() {
        return name;
    }
}
