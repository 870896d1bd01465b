package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.ClipTowers.Encoded;
import java.util.List;
import java.util.Set;

/** CLIP: a tower over images and one over texts, whose outputs are compared each with each. */
record Clip(ClipTowers towers, long shared) implements Architecture {
    private static final long SHARED_WIDTH = 512;

    static Architecture read(Config config) {
        return new Clip(
                ClipTowers.read(
                        config.section("vision_config", "vision_config_dict"),
                        config.section("text_config", "text_config_dict")),
                config.size("projection_dim", SHARED_WIDTH));
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW);
    }

    @Override
    public Modality modality() {
        return Modality.IMAGE_AND_TEXT;
    }

    @Override
    public long positions() {
        return towers.positions();
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        Tensor ids = blocks.tokens(
                "input_ids", workload.prompts().orElse(1), workload.sequenceLength().orElseThrow());
        Tensor pixels = towers.patches().pixels(blocks, graph.name(), workload);
        Tensor mask = blocks.tokens(
                "attention_mask", ids.shape().dimension(0), ids.shape().dimension(1));
        Encoded images = towers.images(blocks, pixels);
        Encoded texts = towers.texts(blocks, ids, mask);
        blocks.layer("projection", "");
        Tensor imageVectors = unit(blocks, blocks.linear(images.pooled(), "visual_projection", shared, Bias.NO));
        Tensor textVectors = unit(blocks, blocks.linear(texts.pooled(), "text_projection", shared, Bias.NO));
        Tensor alike = graph.add(
                "logits", new MatMul(Operand.PLAIN, Operand.TRANSPOSED), textVectors, imageVectors);
        Tensor scale = blocks.activation(blocks.parameter("logit_scale"), "logit_scale.exp", Function.EXP);
        Tensor perText = blocks.multiply("logits_per_text", alike, scale);
        Tensor perImage = blocks.transpose(perText, "logits_per_image", 1, 0);
        return graph.build(
                perImage,
                perText,
                textVectors,
                imageVectors,
                texts.hidden(),
                texts.pooled(),
                images.hidden(),
                images.pooled());
    }

    private static Tensor unit(Blocks blocks, Tensor x) {
        Tensor length = blocks.graph()
                .add("norm", new Reduce(Reduce.Kind.NORM, List.of(-1), Reduce.Axes.KEPT), x);
        return blocks.graph().add("normalise", new Elementwise(Elementwise.Kind.DIVIDE), x, length);
    }
}
