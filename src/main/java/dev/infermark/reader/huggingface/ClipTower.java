package dev.infermark.reader.huggingface;

import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.ClipTowers.Encoded;
import java.util.Set;

/**
 * One of CLIP's two encoders by itself, without the projection that compares it with the other.
 *
 * @param towers the sizes, of which the other encoder's are of no interest
 * @param modality which of them: {@link Modality#TEXT} or {@link Modality#IMAGE}
 */
record ClipTower(ClipTowers towers, Modality modality) implements Architecture {

    /** Reads the encoder of texts. */
    static Architecture readText(Config config) {
        return new ClipTower(ClipTowers.read(config.section("vision_config"), config), Modality.TEXT);
    }

    /** Reads the encoder of images. */
    static Architecture readVision(Config config) {
        return new ClipTower(ClipTowers.read(config, config.section("text_config")), Modality.IMAGE);
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW);
    }

    @Override
    public long positions() {
        return modality == Modality.TEXT ? towers.positions() : 0;
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        Encoded encoded = modality == Modality.TEXT
                ? texts(blocks, workload)
                : towers.images(blocks, towers.patches().pixels(blocks, graph.name(), workload));
        return graph.build(encoded.hidden(), encoded.pooled());
    }

    private Encoded texts(Blocks blocks, Workload workload) {
        long tokens = workload.sequenceLength().orElseThrow();
        Tensor ids = blocks.tokens("input_ids", workload.batch(), tokens);
        return towers.texts(blocks, ids, blocks.tokens("attention_mask", workload.batch(), tokens));
    }
}
