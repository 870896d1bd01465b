package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    BEIT,
    CLIP_TEXT_MODEL,
    CLIP_VISION_MODEL,
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
            case T5 -> EncoderDecoder.read(config);
            case VIT -> VisionTransformer.readVit(config);
            case DEIT -> VisionTransformer.readDeit(config);
            case BEIT -> Beit.read(config);
            case CLIP -> Clip.read(config);
            case CLIP_TEXT_MODEL -> ClipTower.readText(config);
            case CLIP_VISION_MODEL -> ClipTower.readVision(config);
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
        return byClass(config)
                .or(() -> byKeys(config))
                .orElseThrow(() -> new UserError(config.origin()
                        + " has no model_type and its keys tell none; add one of " + known()));
    }

    /** The type whose name the class of the checkpoint starts with, such as {@code BertForMaskedLM}. */
    private static Optional<ModelType> byClass(Config config) {
        return config.architectures().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .flatMap(name -> Arrays.stream(values())
                        .filter(type -> name.startsWith(type.label().replaceAll("[-_]", ""))))
                .findFirst();
    }

    private static Optional<ModelType> byKeys(Config config) {
        return Stream.of(DISTILBERT, ALBERT, ELECTRA, GPT2, OPT, T5, CLIP, VIT, LLAMA, BERT)
                .filter(type -> type.tellingKeys().allMatch(config::has))
                .findFirst();
    }

    /** Keys that only this type has among those that are not told yet. */
    private Stream<String> tellingKeys() {
        return switch (this) {
            case DISTILBERT -> Stream.of("dim", "hidden_dim", "n_heads", "n_layers");
            case ALBERT -> Stream.of("embedding_size", "num_hidden_groups");
            case ELECTRA -> Stream.of("embedding_size", "type_vocab_size");
            case GPT2 -> Stream.of("n_embd", "n_head", "n_layer");
            case OPT -> Stream.of("ffn_dim", "word_embed_proj_dim");
            case T5 -> Stream.of("d_kv", "d_ff", "d_model", "num_heads");
            case CLIP -> Stream.of("text_config", "vision_config");
            case VIT -> Stream.of("patch_size", "image_size", "hidden_size");
            case LLAMA -> Stream.of("rms_norm_eps", "hidden_size", "intermediate_size");
            case BERT -> Stream.of("type_vocab_size", "hidden_size", "num_attention_heads");
            case ROBERTA, XLM_ROBERTA, CAMEMBERT, MISTRAL, DEIT, BEIT, CLIP_TEXT_MODEL, CLIP_VISION_MODEL ->
                    Stream.of("model_type");
        };
    }

    private static String known() {
        return Arrays.stream(values()).map(ModelType::label).collect(Collectors.joining(", "));
    }
}
