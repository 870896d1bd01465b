package dev.infermark.lower.shard;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphSharderTest {
    private static final Instance INF2 = Catalog.builtIn().instance("inf2.48xlarge");
    private static final long TOKENS = 128;

    @Test
    void dividesHeadsAndInnerElementsAndSumsTwicePerLayer() {
        Graph whole = graph("bert-large-uncased");
        Graph part = GraphSharder.of(whole).part(4, INF2);
        // A layer's matrices and biases but those after the sums: 12 h² + 7 h of 12 h² + 9 h, norms apart.
        long divided = 24 * (12L * 1024 * 1024 + 7 * 1024);
        assertEquals(whole.parameters() - divided * 3 / 4, part.parameters());
        long layers = 24 * (2 * TOKENS * 12 * 1024 * 1024 + 2 * 2 * TOKENS * TOKENS * 1024);
        assertEquals(whole.work().flops() - layers * 3 / 4, part.work().flops());
        List<Node> sums = part.nodes().stream()
                .filter(node -> node.operator() instanceof Collective)
                .toList();
        assertEquals(48, sums.size());
        assertEquals(TOKENS * 1024, sums.getFirst().output().shape().elements());
        assertEquals(whole.outputs(), part.outputs());
    }

    @ParameterizedTest
    @CsvSource({
        "bert-base-uncased,12", "roberta-base,4", "distilbert-base-uncased,4", "albert-base-v2,12",
        "electra-small-discriminator,4", "gpt2,12", "opt-125m,2", "opt-350m,8", "llama-3.2-1b,8", "gpt-j-6b,8",
        "vit-base-patch16-224,2", "beit-base-patch16-224,1", "clip-vit-base-patch32,4"
    })
    void leavesEachCoreItsPartOfTheArithmeticWhateverTheFamily(String model, int degree) {
        Graph whole = graph(model);
        Graph part = GraphSharder.of(whole).part(degree, INF2);
        long sums = part.nodes().stream()
                .filter(node -> node.operator() instanceof Collective)
                .count();
        assertEquals(degree == 1 ? 0 : whole.nodes().size() + sums, degree == 1 ? 0 : part.nodes().size());
        double divided = 1 - (double) part.work().flops() / whole.work().flops();
        // Heads of words, patches and tasks stay whole; a tenth of a large network, most of a small one's words.
        double share = 1 - 1.0 / degree;
        assertEquals(share, divided, 0.45 * share, model);
    }

    @Test
    void refusesDegreesThatLeaveNoWholeHeadsWithTheLegalOnes() {
        GraphSharder sharder = GraphSharder.of(graph("bert-base-uncased"));
        assertEquals(List.of(1, 2, 4, 12), sharder.degrees(INF2));
        UserError e = assertThrows(UserError.class, () -> sharder.part(8, INF2));
        assertMentions(e, "--tensor-parallel 8", "bert-base-uncased", "1, 2, 4, 12");
        Graph whole = graph("bert-tiny");
        assertSame(whole, GraphSharder.of(whole).part(1, INF2));
    }

    @Test
    void refusesMixturesAndNetworksWithoutAttention() {
        assertThrows(UserError.class, () -> GraphSharder.of(graph("resnet18")));
        UserError e = assertThrows(UserError.class, () -> GraphSharder.of(graph("mixtral-8x7b")));
        assertMentions(e, "mixture of experts", "--output-length");
    }

    private static Graph graph(String model) {
        boolean isOfText = !model.matches("(vit|beit|clip|resnet).*");
        return Models.find(model)
                .graph(isOfText ? Workload.ofBatch(1).withSequenceLength(TOKENS) : Workload.ofBatch(1));
    }
}
