package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** SigLIP: a tower over images, pooled by attention of one learned query, and one over texts, compared in pairs. */
record Siglip(
        Patches patches,
        PreNormLayer imageLayer,
        int imageLayers,
        long vocabulary,
        long positions,
        long textHidden,
        PreNormLayer textLayer,
        int textLayers)
        implements Architecture {
    private static final Patches PATCHES = new Patches(224, 16, 3, 768);
    private static final long WIDTH = 768;
    private static final LayerNames NAMES = new LayerNames(
            "self_attn.q_proj",
            "self_attn.k_proj",
            "self_attn.v_proj",
            "self_attn.out_proj",
            "layer_norm1",
            "mlp.fc1",
            "mlp.fc2",
            "layer_norm2");

    static Architecture read(Config config) {
        Config image = config.section("vision_config");
        Config text = config.section("text_config");
        text.has("projection_size");
        image.require("vision_use_head", true);
        return new Siglip(
                Patches.read(image, PATCHES),
                layer(image),
                image.layers("num_hidden_layers", 12),
                text.size("vocab_size", 32000),
                text.size("max_position_embeddings", 64),
                text.size("hidden_size", WIDTH),
                layer(text),
                text.layers("num_hidden_layers", 12));
    }

    private static PreNormLayer layer(Config config) {
        long heads = config.size("num_attention_heads", 12);
        config.perHead("hidden_size", config.size("hidden_size", WIDTH), heads);
        return new PreNormLayer(
                NAMES,
                heads,
                config.size("intermediate_size", 3072),
                Scale.SCORES,
                Bias.YES,
                Blocks.function(config, "hidden_act", "gelu_pytorch_tanh"));
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
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        Tensor ids = blocks.tokens(
                "input_ids", workload.prompts().orElse(1), workload.sequenceLength().orElseThrow());
        Tensor pixels = patches.pixels(blocks, graph.name(), workload);
        Tensor image = unit(blocks, pooled(blocks, images(blocks, pixels)));
        Tensor text = unit(blocks, texts(blocks, ids));
        blocks.layer("logits", "");
        Tensor alike = graph.add("logits", new MatMul(Operand.PLAIN, Operand.TRANSPOSED), text, image);
        Tensor scale = blocks.activation(blocks.parameter("logit_scale"), "logit_scale.exp", Function.EXP);
        Tensor perText = blocks.add(
                "logits_per_text", blocks.multiply("logits.scale", alike, scale), blocks.parameter("logit_bias"));
        return graph.build(blocks.transpose(perText, "logits_per_image", 1, 0), perText, text, image);
    }

    private Tensor images(Blocks blocks, Tensor pixels) {
        blocks.layer("vision_model.embeddings");
        Tensor x = patches.tokens(blocks, pixels, "patch_embedding", Bias.YES, List.of());
        for (int i : blocks.equalLayers("vision_model.encoder.layers.", imageLayers)) {
            blocks.layer("vision_model.encoder.layers." + i);
            x = imageLayer.apply(blocks, x, UnaryOperator.identity());
        }
        blocks.layer("vision_model.final", "vision_model");
        return blocks.layerNorm(x, "post_layernorm");
    }

    /** Attention of a learned query to the patches, then a feed-forward part: [batch, hidden]. */
    private Tensor pooled(Blocks blocks, Tensor x) {
        blocks.layer("vision_model.head");
        long batch = x.shape().dimension(0);
        long hidden = patches.hidden();
        Attention attention = new Attention(blocks, imageLayer.heads(), hidden / imageLayer.heads());
        Tensor probe = blocks.graph()
                .add("probe", new Expand(Shape.of(batch, 1, hidden)), blocks.parameter("probe", 1, 1, hidden));
        Tensor q = attention.split(blocks.linear(probe, "attention.q", hidden), "attention.q", imageLayer.heads());
        Tensor k = attention.split(blocks.linear(x, "attention.k", hidden), "attention.k", imageLayer.heads());
        Tensor v = attention.split(blocks.linear(x, "attention.v", hidden), "attention.v", imageLayer.heads());
        Tensor context = attention.attend(q, k, v, Scale.QUERIES, UnaryOperator.identity());
        Tensor y = blocks.linear(context, "attention.out_proj", hidden);
        Tensor wide = blocks.linear(blocks.layerNorm(y, "layernorm"), "mlp.fc1", imageLayer.intermediate());
        Tensor active = blocks.activation(wide, "mlp.activation", imageLayer.activation());
        return blocks.firstToken(blocks.add("residual", y, blocks.linear(active, "mlp.fc2", hidden)));
    }

    private Tensor texts(Blocks blocks, Tensor ids) {
        blocks.layer("text_model.embeddings");
        Tensor words = blocks.embedding(ids, "token_embedding", vocabulary, textHidden);
        Tensor places = blocks.embedding(
                blocks.constantIds("position_ids", 1, ids.shape().dimension(1)),
                "position_embedding",
                positions,
                textHidden);
        Tensor x = blocks.add("add_positions", words, places);
        for (int i : blocks.equalLayers("text_model.encoder.layers.", textLayers)) {
            blocks.layer("text_model.encoder.layers." + i);
            x = textLayer.apply(blocks, x, UnaryOperator.identity());
        }
        blocks.layer("text_model.final", "text_model");
        return blocks.linear(blocks.lastToken(blocks.layerNorm(x, "final_layer_norm")), "head", textHidden);
    }

    private static Tensor unit(Blocks blocks, Tensor x) {
        Tensor length = blocks.graph().add("norm", new Reduce(Reduce.Kind.NORM, List.of(-1), Reduce.Axes.KEPT), x);
        return blocks.graph().add("normalise", new Elementwise(Elementwise.Kind.DIVIDE), x, length);
    }
}
