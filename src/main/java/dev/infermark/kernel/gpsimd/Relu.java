package dev.infermark.kernel.gpsimd;

import java.util.List;
import java.util.Optional;

/** y = 0 where x &lt; 0, else x; so NaN and -0 stay. Of FP32, INT32, INT16, INT8 and UINT8, of any shape. */
public record Relu() implements CustomOperator {
    @Override
    public String name() {
        return "relu";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(Operands.only(this, inputs));
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor x = inputs.getFirst();
        int first = processor.firstOf(x.elements());
        processor.relu(x, first, outputs.getFirst(), first, processor.lastOf(x.elements()) - first);
    }

    @Override
    public Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        return Optional.of(OperatorCost.elementwise(inputs.getFirst()));
    }
}
