package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation.Function;
import dev.infermark.reader.huggingface.Blocks.Bias;
import dev.infermark.reader.huggingface.Decoder.Cache;
import dev.infermark.reader.huggingface.Decoder.OutputTable;
import dev.infermark.reader.huggingface.Llama.HeadNorm;
import dev.infermark.reader.huggingface.Llama.Norms;
import dev.infermark.reader.huggingface.Llama.SoftCap;
import dev.infermark.reader.huggingface.Llama.Words;
import java.util.List;

/** The configs of Llama and of the decoders that are built as it is. */
final class LlamaConfigs {
    private static final String MLP = "mlp";
    private static final long GEMMA_HEAD = 256;
    private static final long GEMMA_2_WINDOW = 4096;
    private static final int GEMMA_3_PATTERN = 6;

    private LlamaConfigs() {}

    static Architecture llama(Config config) {
        Contradictions.requireDense(config);
        Bias attention = Bias.of(config.flag("attention_bias", false));
        Llama style = style(config, attention, attention, dense(config, Bias.of(config.flag("mlp_bias", false))));
        return decoder(config, style, Windows.NONE, false);
    }

    /** Mistral, whose class of transformers has no biases whatever the config says. */
    static Architecture mistral(Config config) {
        Contradictions.requireDense(config);
        config.has("attention_bias");
        config.has("mlp_bias");
        return decoder(config, style(config, Bias.NO, Bias.NO, dense(config, Bias.NO)), sliding(config), false);
    }

    static Architecture mixtral(Config config) {
        Experts experts = new Experts(
                config.size("num_local_experts", 8),
                config.size("num_experts_per_tok", 2),
                config.size("intermediate_size"),
                Blocks.function(config, "hidden_act", "silu"));
        FeedForward mixture = mixture(config, "block_sparse_moe", experts, 0);
        return decoder(config, style(config, Bias.NO, Bias.NO, _ -> mixture), sliding(config), false);
    }

    static Architecture qwen2(Config config) {
        Contradictions.requireDense(config);
        config.require("use_sliding_window", false);
        return decoder(config, style(config, Bias.YES, Bias.NO, dense(config, Bias.NO)), Windows.NONE, false);
    }

    static Architecture qwen2Moe(Config config) {
        config.require("use_sliding_window", false);
        FeedForward.Choice choice = sparse(config, config.size("shared_expert_intermediate_size"));
        return decoder(config, style(config, Bias.YES, Bias.NO, choice), Windows.NONE, false);
    }

    static Architecture qwen3(Config config) {
        Contradictions.requireDense(config);
        return qwen3(config, dense(config, Bias.NO));
    }

    static Architecture qwen3Moe(Config config) {
        return qwen3(config, sparse(config, 0));
    }

    private static Architecture qwen3(Config config, FeedForward.Choice choice) {
        config.require("use_sliding_window", false);
        Bias attention = Bias.of(config.flag("attention_bias", false));
        Llama style = style(config, attention, attention, choice).with(HeadNorm.RMS);
        return decoder(config, style, Windows.NONE, false);
    }

    static Architecture gemma(Config config) {
        return decoder(config, gemmaStyle(config), Windows.NONE, true);
    }

    /** Gemma 2: norms around each part, capped scores, every second layer sees all tokens. */
    static Architecture gemma2(Config config) {
        SoftCap scores = config.number("attn_logit_softcapping", 50) > 0 ? SoftCap.TANH : SoftCap.NONE;
        SoftCap words = config.number("final_logit_softcapping", 30) > 0 ? SoftCap.TANH : SoftCap.NONE;
        Llama style = gemmaStyle(config).with(Norms.AROUND).with(scores, words);
        return decoder(config, style, Windows.exceptEvery(2, config.size("sliding_window", GEMMA_2_WINDOW)), true);
    }

    /** The language model of Gemma 3: norms around each part and of each head, every sixth layer sees all tokens. */
    static Architecture gemma3(Config config) {
        Llama style = gemmaStyle(config).with(Norms.AROUND).with(HeadNorm.RMS);
        int pattern = config.layers(
                "sliding_window_pattern", config.layers("_sliding_window_pattern", GEMMA_3_PATTERN));
        long window = config.size("sliding_window", GEMMA_2_WINDOW);
        return decoder(config, style, Windows.exceptEvery(pattern, window), true);
    }

    /** The text part of a Gemma 3 that also reads images. */
    static Architecture gemma3OfImages(Config config) {
        return config.has("text_config") ? gemma3(config.section("text_config")) : gemma3(config);
    }

    /** Phi-3, whose three projections, and two of the feed-forward part, are stored as one. */
    static Architecture phi3(Config config) {
        return decoder(config, style(config, Bias.NO, Bias.NO, dense(config, Bias.NO)), sliding(config), false);
    }

    private static Llama gemmaStyle(Config config) {
        Contradictions.requireDense(config);
        Bias attention = Bias.of(config.flag("attention_bias", false));
        String function = config.text("hidden_activation", config.text("hidden_act", "gelu_pytorch_tanh"));
        // The class computes the tanh form even where older configs say "gelu".
        Function activation = function.equals("gelu")
                ? Function.GELU_TANH
                : Blocks.functionNamed(config, "hidden_activation", function);
        FeedForward dense = new FeedForward.Gated(MLP, config.size("intermediate_size"), Bias.NO, activation);
        return style(config, attention, attention, _ -> dense, config.size("head_dim", GEMMA_HEAD))
                .with(Words.SCALED);
    }

    private static FeedForward.Choice dense(Config config, Bias bias) {
        FeedForward dense = new FeedForward.Gated(
                MLP, config.size("intermediate_size"), bias, Blocks.function(config, "hidden_act", "silu"));
        return _ -> dense;
    }

    /** Qwen's experts in all layers but those that are listed. */
    private static FeedForward.Choice sparse(Config config, long sharedInner) {
        FeedForward dense = dense(config, Bias.NO).of(0);
        Experts experts = new Experts(
                config.size("num_experts"),
                config.size("num_experts_per_tok"),
                config.size("moe_intermediate_size"),
                Blocks.function(config, "hidden_act", "silu"));
        FeedForward mixture = mixture(config, MLP, experts, sharedInner);
        List<Long> denseLayers = config.rows("mlp_only_layers");
        long step = config.size("decoder_sparse_step", 1);
        config.has("norm_topk_prob");
        return layer -> denseLayers.contains((long) layer) || (layer + 1) % step != 0 ? dense : mixture;
    }

    private static FeedForward mixture(Config config, String path, Experts experts, long sharedInner) {
        if (experts.perToken() > experts.count()) {
            throw new UserError(config.origin() + ": num_experts_per_tok " + experts.perToken() + " of "
                    + experts.count() + " experts; correct one of them");
        }
        return new FeedForward.Mixture(path, experts, sharedInner);
    }

    private static Windows sliding(Config config) {
        return Windows.everywhere(config.size("sliding_window", Long.MAX_VALUE));
    }

    private static Llama style(Config config, Bias projections, Bias output, FeedForward.Choice choice) {
        long hidden = config.size("hidden_size");
        long heads = config.size("num_attention_heads");
        long width = config.has("head_dim") ? config.size("head_dim") : config.perHead("hidden_size", hidden, heads);
        return style(config, projections, output, choice, width);
    }

    private static Llama style(
            Config config, Bias projections, Bias output, FeedForward.Choice choice, long width) {
        long heads = config.size("num_attention_heads");
        long shared = config.size("num_key_value_heads", heads);
        if (heads % shared != 0) {
            throw new UserError(config.origin() + ": num_attention_heads " + heads
                    + " cannot be divided among num_key_value_heads " + shared + "; correct one of them");
        }
        if (width % 2 != 0) {
            throw new UserError(config.origin() + ": a head of " + width
                    + " elements has no halves to rotate; correct head_dim or hidden_size");
        }
        return new Llama(
                config.size("hidden_size"),
                heads,
                shared,
                width,
                projections,
                output,
                choice,
                HeadNorm.NONE,
                Norms.BEFORE,
                Words.PLAIN,
                SoftCap.NONE,
                SoftCap.NONE);
    }

    private static Architecture decoder(Config config, Llama style, Windows windows, boolean tiedByDefault) {
        // Rotary positions have no table that would end: the framework runs longer sequences too.
        config.has("max_position_embeddings");
        int layers = config.layers("num_hidden_layers");
        return new Decoder(
                style,
                config.size("vocab_size"),
                style.hidden(),
                layers,
                Long.MAX_VALUE,
                windows.listedBy(config, layers),
                config.labels(),
                OutputTable.of(config, tiedByDefault),
                Cache.of(config));
    }
}
