package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of {@code model_type} that can be laid out as a graph. */
enum ModelType {
    BERT,
    ROBERTA,
    XLM_ROBERTA,
    CAMEMBERT,
    ELECTRA,
    ALBERT,
    DISTILBERT,
    GPT2,
    OPT,
    LLAMA,
    MISTRAL,
    T5,
    VIT,
    DEIT,
    CLIP;

    /** The value as configs have it. */
    String label() {
        return this == XLM_ROBERTA ? "xlm-roberta" : name().toLowerCase(Locale.ROOT);
    }

    /** Reads the sizes. */
    Architecture read(Config config) {
        return switch (this) {
            case BERT -> EncoderFamily.BERT.read(config);
            case ROBERTA, XLM_ROBERTA, CAMEMBERT -> EncoderFamily.ROBERTA.read(config);
            case ELECTRA -> EncoderFamily.ELECTRA.read(config);
            case ALBERT -> EncoderFamily.ALBERT.read(config);
            case DISTILBERT -> EncoderFamily.DISTILBERT.read(config);
            case GPT2 -> Gpt2.read(config);
            case OPT -> Opt.read(config);
            case LLAMA, MISTRAL -> Llama.read(config);
            case T5 -> dev.infermark.reader.huggingface.T5.read(config);
            case VIT -> VisionTransformer.readVit(config);
            case DEIT -> VisionTransformer.readDeit(config);
            case CLIP -> Clip.read(config);
        };
    }

    /** The type that the config names or that its keys tell. */
    static ModelType of(Config config) {
        if (config.has("model_type")) {
            String wanted = config.text("model_type", "");
            return Arrays.stream(values())
                    .filter(type -> type.label().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new UserError(config.origin() + ": model_type \"" + wanted
                            + "\" is not known; known are " + known()));
        }
        return byKeys(config)
                .orElseThrow(() -> new UserError(config.origin()
                        + " has no model_type and its keys tell none; add one of " + known()));
    }

    /** Keys that only one type has, rarest first. */
    private static Optional<ModelType> byKeys(Config config) {
        if (hasAll(config, "dim", "n_heads", "n_layers", "hidden_dim")) {
            return Optional.of(DISTILBERT);
        }
        if (hasAll(config, "num_hidden_groups", "embedding_size")) {
            return Optional.of(ALBERT);
        }
        if (hasAll(config, "hidden_size", "embedding_size", "type_vocab_size")) {
            return Optional.of(ELECTRA);
        }
        if (hasAll(config, "hidden_size", "num_attention_heads", "type_vocab_size")) {
            return Optional.of(BERT);
        }
        return Optional.empty();
    }

    private static boolean hasAll(Config config, String... keys) {
        return List.of(keys).stream().allMatch(config::has);
    }

    private static String known() {
        return Arrays.stream(values()).map(ModelType::label).collect(Collectors.joining(", "));
    }
}
