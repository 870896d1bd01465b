package dev.infermark.reader.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Encoders have the parameters, arithmetic and outputs of the framework's. */
class EncoderTest {

    @Test
    void bertLargeHasThePublishedParameters() {
        // Embeddings (30522 + 512 + 2) · 1024 + 2048, 24 layers of 12 596 224, pooler 1024² + 1024.
        assertEquals(335_141_888L, graph("bert-large-uncased", Workload.ofBatch(1)).parameters());
    }

    @Test
    void electraLargeHasThePublishedParameters() {
        assertEquals(334_092_288L, graph("electra-large-discriminator", Workload.ofBatch(1)).parameters());
    }

    @Test
    void arithmeticFollowsTheFormula() {
        long s = 256;
        long h = 1024;
        long perToken = 24 * (4 * h * h + 2 * h * 4096 + 2 * s * h);
        Graph electra = graph("electra-large-discriminator", Workload.ofBatch(3).withSequenceLength(s));
        assertEquals(2 * 3 * s * perToken, electra.work().flops());
        Graph bert = graph("bert-large-uncased", Workload.ofBatch(3).withSequenceLength(s));
        assertEquals(2 * 3 * (s * perToken + h * h), bert.work().flops());
    }

    @Test
    void rawBertReturnsHiddenStateAndPooledOutput() {
        Graph graph = graph("bert-large-uncased", Workload.ofBatch(2).withSequenceLength(7));
        assertEquals(
                List.of(Shape.of(2, 7, 1024), Shape.of(2, 1024)),
                graph.outputs().stream().map(Tensor::shape).toList());
    }

    @Test
    void headsChangeTheOutputs() {
        Workload workload = Workload.ofBatch(2).withSequenceLength(7);
        assertEquals(
                List.of(Shape.of(2, 2)), outputs("bert-large-uncased", workload, TaskHead.SEQUENCE_CLASSIFICATION));
        assertEquals(List.of(Shape.of(2, 7, 30522)), outputs("bert-large-uncased", workload, TaskHead.MASKED_LM));
        assertEquals(
                List.of(Shape.of(2, 7), Shape.of(2, 7)),
                outputs("bert-large-uncased", workload, TaskHead.QUESTION_ANSWERING));
        assertEquals(
                List.of(Shape.of(2, 7)),
                outputs("electra-large-discriminator", workload, TaskHead.REPLACED_TOKEN_DETECTION));
    }

    @Test
    void theMaskedLanguageModelSharesTheWordEmbedding() {
        Graph graph = graph("bert-large-uncased", Workload.ofBatch(1).withHead(TaskHead.MASKED_LM));
        // Without pooler; transform 1024² + 1024, layer norm 2048, bias of the vocabulary.
        assertEquals(335_141_888L - 1_049_600 + 1_049_600 + 2048 + 30522, graph.parameters());
    }

    @Test
    void layersAreNamedAsPeopleNameThem() {
        Graph graph = graph("bert-large-uncased", Workload.ofBatch(1));
        assertTrue(graph.nodes().stream().anyMatch(node -> node.layer().equals("encoder.layer.23")));
        assertTrue(graph.stored().stream()
                .anyMatch(tensor -> tensor.name().equals("encoder.layer.3.attention.self.query.weight")));
    }

    @Test
    void refusesMoreTokensThanPositions() {
        UserError error = assertThrows(
                UserError.class,
                () -> graph("bert-large-uncased", Workload.ofBatch(1).withSequenceLength(513)));
        assertEquals(
                "bert-large-uncased has 512 positions, fewer than the 513 tokens asked for; give a shorter sequence",
                error.getMessage());
    }

    private static List<Shape> outputs(String model, Workload workload, TaskHead head) {
        return graph(model, workload.withHead(head)).outputs().stream().map(Tensor::shape).toList();
    }

    private static Graph graph(String model, Workload workload) {
        return Models.find(model).graph(workload);
    }
}
