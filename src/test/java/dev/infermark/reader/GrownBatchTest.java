package dev.infermark.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrownBatchTest {

    @ParameterizedTest
    @ValueSource(strings = {"bert-base-uncased", "distilbert-base-uncased", "t5-small", "gpt2", "resnet50", "unet"})
    void aGraphWhoseInputsGetAnotherBatchIsTheGraphThatIsReadForThatBatch(String model) {
        Graph two = Models.find(model).graph(Workload.ofBatch(2));
        Graph six = Models.find(model).graph(Workload.ofBatch(6));
        Graph grown = GraphRewriter.rewrite(
                two,
                tensor -> tensor.role().isStored()
                        ? tensor
                        : new Tensor(
                                tensor.name(), tensor.type().withShape(tensor.shape().with(0, 6)), tensor.role()),
                (node, _) -> List.of(node));
        assertEquals(six, grown);
    }
}
