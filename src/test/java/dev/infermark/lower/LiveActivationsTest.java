package dev.infermark.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Uses;
import dev.infermark.numerics.DataType;
import org.junit.jupiter.api.Test;

/** The peak counts what lives at the same time. */
class LiveActivationsTest {

    @Test
    void stateStaysAliveAndInputsDoNot() {
        GraphBuilder builder = new GraphBuilder("step");
        Tensor fresh = builder.input("fresh", new TensorType(DataType.FP32, Shape.of(1, 8)));
        Tensor kept = builder.state("kept", new TensorType(DataType.FP32, Shape.of(7, 8)));
        Tensor all = builder.add("all", new Concat(0), kept, fresh);
        Tensor next = builder.add("next", new Activation(Function.TANH, DataType.FP32), all);
        // The input is free once both are joined; the state never is.
        Graph graph = builder.build(next);
        assertEquals(4 * (56 + 64 + 64), LiveActivations.peak(graph, new Uses(graph), DataType.FP32));
    }
}
