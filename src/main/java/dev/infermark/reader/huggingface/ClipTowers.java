package dev.infermark.reader.huggingface;

import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;
import java.util.function.UnaryOperator;

/** The two encoders of CLIP; sizes that a config leaves out are those of ViT-B/32. */
record ClipTowers(
        Patches patches,
        PreNormLayer imageLayer,
        int imageLayers,
        long vocabulary,
        long positions,
        long textHidden,
        PreNormLayer textLayer,
        int textLayers) {
    private static final Patches PATCHES = new Patches(224, 32, 3, 768);
    private static final Sizes IMAGE = new Sizes(768, 12, 3072, 12);
    private static final Sizes TEXT = new Sizes(512, 8, 2048, 12);
    private static final long VOCABULARY = 49408;
    private static final long POSITIONS = 77;
    private static final LayerNames NAMES = new LayerNames(
            "self_attn.q_proj",
            "self_attn.k_proj",
            "self_attn.v_proj",
            "self_attn.out_proj",
            "layer_norm1",
            "mlp.fc1",
            "mlp.fc2",
            "layer_norm2");

    private record Sizes(long hidden, long heads, long intermediate, int layers) {}

    /** What a tower returns: the last hidden state [batch, tokens, hidden] and one vector each [batch, hidden]. */
    record Encoded(Tensor hidden, Tensor pooled) {}

    /** The towers of these two configs. */
    static ClipTowers read(Config image, Config text) {
        return new ClipTowers(
                Patches.read(image, PATCHES),
                layer(image, IMAGE),
                image.layers("num_hidden_layers", IMAGE.layers),
                text.size("vocab_size", VOCABULARY),
                text.size("max_position_embeddings", POSITIONS),
                text.size("hidden_size", TEXT.hidden),
                layer(text, TEXT),
                text.layers("num_hidden_layers", TEXT.layers));
    }

    private static PreNormLayer layer(Config config, Sizes defaults) {
        long heads = config.size("num_attention_heads", defaults.heads);
        config.perHead("hidden_size", config.size("hidden_size", defaults.hidden), heads);
        return new PreNormLayer(
                NAMES,
                heads,
                config.size("intermediate_size", defaults.intermediate),
                Scale.QUERIES,
                Bias.YES,
                Blocks.function(config, "hidden_act", "quick_gelu"));
    }

    /** The tower over images [batch, channels, pixels, pixels]. */
    Encoded images(Blocks blocks, Tensor pixels) {
        blocks.layer("vision_model.embeddings");
        Tensor x = patches.tokens(blocks, pixels, "patch_embedding", Bias.NO, List.of("class_embedding"));
        x = blocks.layerNorm(x, "pre_layrnorm");
        for (int i : blocks.equalLayers("vision_model.encoder.layers.", imageLayers)) {
            blocks.layer("vision_model.encoder.layers." + i);
            x = imageLayer.apply(blocks, x, UnaryOperator.identity());
        }
        blocks.layer("vision_model.final", "vision_model");
        return new Encoded(x, blocks.layerNorm(blocks.firstToken(x), "post_layernorm"));
    }

    /** The tower over texts [prompts, tokens]. */
    Encoded texts(Blocks blocks, Tensor ids, Tensor attentionMask) {
        blocks.layer("text_model.embeddings");
        long tokens = ids.shape().dimension(1);
        Tensor words = blocks.embedding(ids, "token_embedding", vocabulary, textHidden);
        Tensor places = blocks.embedding(
                blocks.constantIds("position_ids", 1, tokens), "position_embedding", positions, textHidden);
        Tensor mask = blocks.causalMask(attentionMask, tokens);
        Tensor x = blocks.add("add_positions", words, places);
        for (int i : blocks.equalLayers("text_model.encoder.layers.", textLayers)) {
            blocks.layer("text_model.encoder.layers." + i);
            x = textLayer.apply(blocks, x, scores -> blocks.add("attention.mask", scores, mask));
        }
        blocks.layer("text_model.final", "text_model");
        Tensor hidden = blocks.layerNorm(x, "final_layer_norm");
        return new Encoded(hidden, blocks.lastToken(hidden));
    }
}
