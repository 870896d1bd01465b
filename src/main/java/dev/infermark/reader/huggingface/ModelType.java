package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of {@code model_type} that can be laid out as a graph. */
enum ModelType {
    BERT("bert", "Bert", EncoderFamily.BERT::read),
    ROBERTA("roberta", "Roberta", EncoderFamily.ROBERTA::read),
    XLM_ROBERTA("xlm-roberta", "XLMRoberta", EncoderFamily.ROBERTA::read),
    CAMEMBERT("camembert", "Camembert", EncoderFamily.ROBERTA::read),
    ELECTRA("electra", "Electra", EncoderFamily.ELECTRA::read),
    ALBERT("albert", "Albert", EncoderFamily.ALBERT::read),
    DISTILBERT("distilbert", "DistilBert", EncoderFamily.DISTILBERT::read),
    MPNET("mpnet", "MPNet", EncoderFamily.MPNET::read),
    LAYOUTLM("layoutlm", "LayoutLM", EncoderFamily.LAYOUTLM::read),
    DEBERTA_V2("deberta-v2", "DebertaV2", Deberta::read),
    ESM("esm", "Esm", RotaryEncoder::readEsm),
    MODERNBERT("modernbert", "ModernBert", RotaryEncoder::readModernBert),
    GPT2("gpt2", "GPT2", Gpt2::read),
    OPT("opt", "OPT", Opt::read),
    BLOOM("bloom", "Bloom", Bloom::read),
    LLAMA("llama", "Llama", LlamaConfigs::llama),
    MISTRAL("mistral", "Mistral", LlamaConfigs::mistral),
    MIXTRAL("mixtral", "Mixtral", LlamaConfigs::mixtral),
    QWEN2("qwen2", "Qwen2", LlamaConfigs::qwen2),
    QWEN2_MOE("qwen2_moe", "Qwen2Moe", LlamaConfigs::qwen2Moe),
    QWEN3("qwen3", "Qwen3", LlamaConfigs::qwen3),
    QWEN3_MOE("qwen3_moe", "Qwen3Moe", LlamaConfigs::qwen3Moe),
    GEMMA("gemma", "Gemma", LlamaConfigs::gemma),
    GEMMA2("gemma2", "Gemma2", LlamaConfigs::gemma2),
    GEMMA3_TEXT("gemma3_text", "Gemma3", LlamaConfigs::gemma3),
    GEMMA3("gemma3", "Gemma3", LlamaConfigs::gemma3OfImages),
    PHI("phi", "Phi", ParallelDecoder::readPhi),
    PHI3("phi3", "Phi3", LlamaConfigs::phi3),
    GPT_NEOX("gpt_neox", "GPTNeoX", ParallelDecoder::readGptNeox),
    GPTJ("gptj", "GPTJ", ParallelDecoder::readGptJ),
    FALCON("falcon", "Falcon", ParallelDecoder::readFalcon),
    T5("t5", "T5", EncoderDecoder::read),
    BART("bart", "Bart", Seq2Seq::readBart),
    MARIAN("marian", "Marian", Seq2Seq::readMarian),
    WHISPER("whisper", "Whisper", Seq2Seq::readWhisper),
    WAV2VEC2("wav2vec2", "Wav2Vec2", Wav2Vec2::read),
    DINOV2("dinov2", "Dinov2", Dino::readV2),
    DINOV3_VIT("dinov3_vit", "DINOv3ViT", Dino::readV3),
    CONVNEXT("convnext", "ConvNext", ConvNext::read),
    SIGLIP("siglip", "Siglip", Siglip::read),
    SWIN("swin", "Swin", Swin::read),
    SEGFORMER("segformer", "Segformer", Segformer::read),
    YOLOS("yolos", "Yolos", Yolos::read),
    DETR("detr", "Detr", Detr::read),
    VIT("vit", "ViT", VisionTransformer::readVit),
    DEIT("deit", "DeiT", VisionTransformer::readDeit),
    BEIT("beit", "Beit", Beit::read),
    CLIP_TEXT_MODEL("clip_text_model", "CLIPText", ClipTower::readText),
    CLIP_VISION_MODEL("clip_vision_model", "CLIPVision", ClipTower::readVision),
    CLIP("clip", "CLIP", Clip::read);

    /** A class of transformers: the architecture, then what the class adds to it. */
    private static final Pattern CLASS = Pattern.compile("(.+?)"
            + "(For[A-Z].*|(With)?LMHead.*|DoubleHeads.*|EncoderModel|DecoderModel|PreTrainedModel|MTModel|Model.*)");

    private final String label;
    private final String classPrefix;
    @SuppressWarnings("ImmutableEnumChecker") // The readers are method references without state.
    private final Function<Config, Architecture> reader;

    ModelType(String label, String classPrefix, Function<Config, Architecture> reader) {
        this.label = label;
        this.classPrefix = classPrefix;
        this.reader = reader;
    }

    /** The value as configs have it. */
    String label() {
        return label;
    }

    /** Reads the sizes. */
    Architecture read(Config config) {
        Contradictions.check(config);
        if (!isByAuthors()) {
            Contradictions.requireNoCode(config);
        }
        return reader.apply(config);
    }

    /** Whether the code that published checkpoints bring is what transformers took over. */
    private boolean isByAuthors() {
        return this == FALCON || this == PHI || this == PHI3;
    }

    /** The type that the config names, or that its class or its keys tell. */
    static ModelType of(Config config) {
        Optional<String> className = config.architectures().stream().findFirst();
        Optional<ModelType> byClass = className.map(name -> byClass(config, name));
        if (!config.has("model_type")) {
            return byClass.or(() -> byKeys(config))
                    .orElseThrow(() -> new UserError(config.origin()
                            + " has no model_type and its keys tell none; add one of " + known()));
        }
        String wanted = config.text("model_type", "");
        ModelType named = Arrays.stream(values())
                .filter(type -> type.label.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        config.origin() + ": model_type \"" + wanted + "\" is not known; known are " + known()));
        byClass.filter(type -> !type.classPrefix.equals(named.classPrefix)).ifPresent(type -> {
            throw new UserError(config.origin() + ": model_type \"" + wanted + "\" and the class "
                    + className.orElseThrow() + " in architectures contradict each other; correct one of them");
        });
        return named;
    }

    /** The type whose classes are called so; a name that only begins like a known one is another architecture. */
    private static ModelType byClass(Config config, String className) {
        Matcher parts = CLASS.matcher(className);
        String prefix = parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : className;
        return Arrays.stream(values())
                .filter(type -> type.classPrefix.toLowerCase(Locale.ROOT).equals(prefix))
                .findFirst()
                .orElseThrow(() -> new UserError(config.origin() + ": the class " + className
                        + " in architectures is not modelled; modelled are those of " + known()));
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
            default -> Stream.of("model_type");
        };
    }

    private static String known() {
        return Arrays.stream(values()).map(ModelType::label).collect(Collectors.joining(", "));
    }
}
