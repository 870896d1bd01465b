package dev.infermark.reader;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.shard.GraphSharder;
import dev.infermark.reader.rewrite.Rewriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a network is written, it takes as long: the law that the rules of the rewriter serve. */
class EqualNetworksTest {
    private static final double TOLERANCE = 0.03;

    @TempDir
    private Path folder;

    private final List<Graph> networks = new ArrayList<>();

    @BeforeEach
    void readNetworks() throws IOException {
        networks.add(config(
                "bert",
                """
                {"model_type": "bert", "num_hidden_layers": 2, "hidden_size": 768, "num_attention_heads": 12,
                 "intermediate_size": 3072, "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2,
                 "hidden_act": "gelu"}"""));
        networks.add(config(
                "vit",
                """
                {"model_type": "vit", "num_hidden_layers": 2, "hidden_size": 768, "num_attention_heads": 12,
                 "intermediate_size": 3072, "image_size": 224, "patch_size": 16, "num_channels": 3,
                 "hidden_act": "gelu"}"""));
        networks.add(config(
                "llama",
                """
                {"model_type": "llama", "num_hidden_layers": 2, "hidden_size": 1024, "num_attention_heads": 16,
                 "num_key_value_heads": 16, "intermediate_size": 2816, "vocab_size": 32000, "rms_norm_eps": 1e-5,
                 "max_position_embeddings": 2048, "hidden_act": "silu"}"""));
        networks.add(Models.find("resnet50").graph(Workload.ofBatch(1)));
    }

    @ParameterizedTest
    @EnumSource(Rewriting.class)
    void rewritingKeepsTheTime(Rewriting rewriting) {
        boolean isApplied = false;
        for (Graph network : networks) {
            Graph rewritten = rewriting.of(network);
            if (!rewritten.equals(network)) {
                isApplied = true;
                Graph read = Rewriter.standard().rewrite(rewritten);
                DeviceTime.assertEqual(network, read, TOLERANCE);
                if (!network.name().equals("resnet50")) {
                    DeviceTime.assertEqual(half(network), half(read), TOLERANCE);
                }
            }
        }
        assertTrue(isApplied, () -> rewriting + " applies to none of the networks");
    }

    /** What one of two cores computes. */
    private static Graph half(Graph graph) {
        return GraphSharder.of(graph).part(2, Catalog.builtIn().instance("inf2.xlarge"));
    }

    private Graph config(String name, String text) throws IOException {
        return Models.find(Files.writeString(folder.resolve(name + ".json"), text).toString())
                .graph(Workload.ofBatch(4));
    }
}
