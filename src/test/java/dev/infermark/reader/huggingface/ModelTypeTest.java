package dev.infermark.reader.huggingface;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Configs are laid out with the parameters that were published, or refused where they contradict themselves. */
class ModelTypeTest {
    private static final String LLAMA = """
            {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 32000, "hidden_size": 512,
             "intermediate_size": 1376, "num_hidden_layers": 2, "num_attention_heads": 8, "num_key_value_heads": 2,
             "rms_norm_eps": 1e-05}""";

    static Stream<JsonNode> published() throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelTypeTest.class.getResourceAsStream("published.json"))) {
            return JsonMapper.shared().readTree(in).values().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void hasThePublishedParameters(JsonNode entry) {
        HuggingFaceModel model = HuggingFaceModel.of(entry.get("name").stringValue(), entry.get("config"));
        Graph graph = model.graph(Workload.ofBatch(1));
        long unread = entry.has("unread") ? entry.get("unread").longValue() : 0;
        assertEquals(entry.get("parameters").longValue() - unread, graph.parameters(), model.name());
        assertEquals(List.of(), model.notes(), model.name());
        assertTrue(graph.work().flops() > 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LlamaForCausalLM        | MixtralForCausalLM                                    | contradict each other",
        "\"vocab_size\": 32000   | \"vocab_size\": 32000, \"num_local_experts\": 8       | num_local_experts is not",
        "\"vocab_size\": 32000   | \"vocab_size\": 32000, \"auto_map\": {\"A\": \"b\"}   | auto_map says",
        "\"vocab_size\": 32000   | \"vocab_size\": 32000, \"pruned_heads\": {\"1\": [0]} | pruned_heads is not",
        "\"vocab_size\": 32000   | \"vocab_size\": 32000, \"add_cross_attention\": true  | add_cross_attention true",
        "\"vocab_size\": | \"quantization_config\": {\"quant_method\": \"gptq\"}, \"vocab_size\": | \"gptq\" is not",
        "\"vocab_size\": | \"quantization_config\": {\"quant_method\": \"fp8\"}, \"vocab_size\": | weight-type int8",
        "\"vocab_size\": | \"torch_dtype\": \"float8_e4m3fn\", \"vocab_size\":             | \"float8_e4m3fn\" is",
    })
    void refusesConfigsThatContradictThemselvesOrNeedOtherCode(String from, String to, String message) {
        String oneLine = LLAMA.replaceAll("\\s+", " ");
        assertTrue(oneLine.contains(from), from);
        UserError error =
                assertThrows(UserError.class, () -> HuggingFaceModel.parse("my.json", oneLine.replace(from, to)));
        assertMentions(error, "my.json", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Llama4ForCausalLM", "XLMRobertaXLForMaskedLM", "ViTMAEForPreTraining"})
    void aClassThatOnlyBeginsLikeAKnownOneIsRefused(String className) {
        String config = LLAMA.replace("\"model_type\": \"llama\",", "").replace("LlamaForCausalLM", className);
        UserError error = assertThrows(UserError.class, () -> HuggingFaceModel.parse("my.json", config));
        assertMentions(error, "the class " + className + " in architectures is not modelled");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "MixtralForCausalLM | mixtral",
        "Qwen2ForCausalLM   | qwen2",
        "Gemma2ForCausalLM  | gemma2",
    })
    void aClassWithoutAModelTypeTellsTheArchitecture(String className, String type) {
        String config = LLAMA.replace("\"model_type\": \"llama\",", "").replace("LlamaForCausalLM", className);
        assertEquals(type, HuggingFaceModel.parse("my.json", config).family());
    }

    @Test
    void aQwen2HasBiasesThatALlamaLacks() {
        long llama = parameters(LLAMA);
        String qwen = LLAMA.replace("\"model_type\": \"llama\",", "").replace("LlamaForCausalLM", "Qwen2ForCausalLM");
        assertEquals(llama + 2 * (512 + 2 * 128), parameters(qwen));
    }

    @Test
    void theConfigsTypeIsTheDefault() {
        assertEquals(DataType.FP32, HuggingFaceModel.parse("my.json", LLAMA).type());
        for (String key : List.of("torch_dtype", "dtype")) {
            String config = LLAMA.replace("\"vocab_size\"", "\"" + key + "\": \"bfloat16\", \"vocab_size\"");
            assertEquals(DataType.BF16, HuggingFaceModel.parse("my.json", config).type());
        }
    }

    @Test
    void namesTheKeysThatChangeNothingAndAreNotKnown() {
        String config = LLAMA.replace(
                "\"vocab_size\"", "\"alibi_starting_size\": 512, \"hidden_dropout\": 0.1, \"vocab_size\"");
        assertEquals(
                List.of("my.json: these keys are not known and change nothing here: alibi_starting_size"),
                HuggingFaceModel.parse("my.json", config).notes());
    }

    @Test
    void mistralHasNoBiasesWhateverItsConfigSays() {
        String mistral = LLAMA.replace("llama", "mistral").replace("LlamaFor", "MistralFor");
        String biased = mistral.replace("\"vocab_size\"", "\"attention_bias\": true, \"vocab_size\"");
        assertEquals(parameters(LLAMA), parameters(mistral));
        assertEquals(parameters(mistral), parameters(biased));
    }

    @Test
    void aBertWhoseEmbeddingsAreNotTiedScoresWordsWithATableOfItsOwn() {
        String bert = """
                {"model_type": "bert", "architectures": ["BertForMaskedLM"], "vocab_size": 30001, "hidden_size": 132,
                 "intermediate_size": 517, "num_hidden_layers": 3, "num_attention_heads": 11,
                 "max_position_embeddings": 128, "type_vocab_size": 5}""";
        String untied = bert.replace("\"vocab_size\"", "\"tie_word_embeddings\": false, \"vocab_size\"");
        assertEquals(30001 * 132, parameters(untied) - parameters(bert));
    }

    @Test
    void aBeitOfScaleZeroHasNoScale() {
        String beit = """
                {"model_type": "beit", "architectures": ["BeitForImageClassification"], "hidden_size": 132,
                 "intermediate_size": 517, "num_hidden_layers": 3, "num_attention_heads": 11, "image_size": 96,
                 "patch_size": 16, "use_relative_position_bias": true, "use_mean_pooling": true,
                 "layer_scale_init_value": 0, "num_labels": 13}""";
        String scaled = beit.replace("\"layer_scale_init_value\": 0", "\"layer_scale_init_value\": 0.1");
        assertEquals(3 * 2 * 132, parameters(scaled) - parameters(beit));
    }

    @Test
    void clipTakesItsSizesFromTheOlderSections() {
        String clip = """
                {"model_type": "clip", "architectures": ["CLIPModel"], "projection_dim": 64,
                 "text_config": {"hidden_size": 128, "intermediate_size": 512, "num_attention_heads": 2,
                 "num_hidden_layers": 2}, "vision_config": {"hidden_size": 128, "intermediate_size": 512,
                 "num_attention_heads": 2, "num_hidden_layers": 2}}""";
        assertEquals(parameters(clip), parameters(clip.replace("_config\"", "_config_dict\"")));
    }

    @Test
    void aStepOfFewTokensReadsAsManyExpertsAsTheyNeed() {
        Experts experts = new Experts(8, 2, 14336, dev.infermark.graph.Activation.Function.SILU);
        assertEquals(2, experts.active(1));
        assertEquals(4, experts.active(2));
        assertEquals(8, experts.active(1000));
    }

    @Test
    void gemmasLayersOfAWindowKeepTheWindowAlone() {
        String gemma = """
                {"model_type": "gemma2", "architectures": ["Gemma2ForCausalLM"], "vocab_size": 1000,
                 "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4,
                 "num_key_value_heads": 2, "head_dim": 16, "sliding_window": 100}""";
        Graph graph = HuggingFaceModel.parse("my.json", gemma)
                .graph(Workload.ofBatch(1).withSequenceLength(1).withCachedTokens(500));
        assertEquals(
                List.of(99L, 99L, 500L, 500L),
                graph.state().stream().map(state -> state.shape().dimension(2)).toList());
    }

    @Test
    void audioIsAsLongAsItsSecondsSay() {
        HuggingFaceModel whisper = HuggingFaceModel.parse("my.json", """
                {"model_type": "whisper", "vocab_size": 100, "d_model": 64, "encoder_layers": 1, "decoder_layers": 1,
                 "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 128,
                 "decoder_ffn_dim": 128, "max_source_positions": 1500, "max_target_positions": 448}""");
        assertEquals(Shape.of(1, 80, 3000), input(whisper, Workload.ofBatch(1), "input_features"));
        assertEquals(Shape.of(1, 80, 700), input(whisper, Workload.ofBatch(1).withSeconds(7), "input_features"));
        assertThrows(UserError.class, () -> whisper.graph(Workload.ofBatch(1).withSeconds(31)));
        assertThrows(UserError.class, () -> whisper.graph(Workload.ofBatch(1).withSequenceLength(31)));
        HuggingFaceModel wav2vec = HuggingFaceModel.parse("my.json", """
                {"model_type": "wav2vec2", "vocab_size": 32, "hidden_size": 64, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "intermediate_size": 128}""");
        Graph seven = wav2vec.graph(Workload.ofBatch(2).withSeconds(7));
        assertEquals(Shape.of(2, 112_000), seven.inputs().getFirst().shape());
        assertEquals(Shape.of(2, 349, 64), seven.outputs().getFirst().shape());
    }

    @Test
    void imagesOfOtherSizesAreCutIntoMorePatches() {
        HuggingFaceModel dino = HuggingFaceModel.parse("my.json", """
                {"model_type": "dinov2", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
                 "image_size": 518, "patch_size": 14}""");
        assertEquals(
                Shape.of(1, 257, 64),
                dino.graph(Workload.ofBatch(1).withImageSize(224)).outputs().getFirst().shape());
        UserError error = assertThrows(UserError.class, () -> dino.graph(Workload.ofBatch(1).withImageSize(225)));
        assertMentions(error, "patches of 14 pixels, which do not divide 225");
    }

    @Test
    void aStepOfBartRunsTheDecoderAloneOnTheCachedEncoder() {
        HuggingFaceModel bart = HuggingFaceModel.parse("my.json", """
                {"model_type": "bart", "vocab_size": 100, "d_model": 64, "encoder_layers": 1, "decoder_layers": 1,
                 "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 128,
                 "decoder_ffn_dim": 128, "max_position_embeddings": 1024}""");
        Graph step = bart.graph(Workload.ofBatch(1).withSequenceLength(20).withCachedTokens(9));
        assertTrue(step.nodes().stream().noneMatch(node -> node.layer().startsWith("encoder.layers")));
        assertEquals(4, step.state().size());
    }

    private static Shape input(HuggingFaceModel model, Workload workload, String name) {
        return model.graph(workload).inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow()
                .shape();
    }

    private static long parameters(String config) {
        return HuggingFaceModel.parse("my.json", config).graph(Workload.ofBatch(1)).parameters();
    }
}
