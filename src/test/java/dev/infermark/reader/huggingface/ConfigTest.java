package dev.infermark.reader.huggingface;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Shape;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A config that is broken, or asks for what is not modelled, ends in one line that says what to fix. */
class ConfigTest {
    private static final String BERT = """
            {"model_type": "bert", "vocab_size": 100, "hidden_size": 32, "num_hidden_layers": 2,
             "num_attention_heads": 4, "intermediate_size": 64, "max_position_embeddings": 16}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"hidden_size\": 32,            |                                | lacks hidden_size",
        "\"hidden_size\": 32             | \"hidden_size\": \"32\"        | hidden_size is \"32\"; it must be a whole",
        "\"hidden_size\": 32             | \"hidden_size\": 32.5          | hidden_size is 32.5",
        "\"hidden_size\": 32             | \"hidden_size\": null          | lacks hidden_size",
        "\"hidden_size\": 32             | \"hidden_size\": -32           | hidden_size is -32",
        "\"hidden_size\": 32             | \"hidden_size\": 0             | hidden_size is 0",
        "\"hidden_size\": 32             | \"hidden_size\": 1000000000000 | hidden_size is 1000000000000",
        "\"hidden_size\": 32             | \"hidden_size\": 99999999999999999999999 | whole number from 1",
        "\"hidden_size\": 32             | \"hidden_size\": 30            | cannot be divided among 4 attention heads",
        "\"num_hidden_layers\": 2        | \"num_hidden_layers\": 10000000| num_hidden_layers is 10000000",
        "\"model_type\": \"bert\"        | \"model_type\": \"mamba\"      | known are bert",
        "\"model_type\": \"bert\"        | \"model_type\": 7              | model_type is 7; it must be a text",
        "\"model_type\": \"bert\"        | \"model_type\": \"bert\", \"hidden_act\": \"sine\" | hidden_act \"sine\"",
        "\"model_type\": \"bert\"        | \"model_type\": \"bert\", \"is_decoder\": true | is_decoder true",
        "\"model_type\": \"bert\"        | \"model_type\": \"bert\", \"is_decoder\": 1 | must be true or false",
        "\"model_type\": \"bert\"        | \"model_type\": \"bert\", \"position_embedding_type\": \"rel\" | only",
        "\"model_type\": \"bert\"        | \"model_type\": \"bert\", \"id2label\": [] | id2label is []",
        "\"model_type\": \"bert\",       |                                | has no model_type",
    })
    void refusesWrongValues(String from, String to, String message) {
        String replaced = BERT.replace(from, to == null ? "" : to);
        assertFalse(replaced.equals(BERT));
        UserError error = assertThrows(UserError.class, () -> HuggingFaceModel.parse("my.json", replaced));
        assertMentions(error, "my.json", message);
        assertEquals(1, String.valueOf(error.getMessage()).lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{\"a\": }", "not json", "{\"model_type\": \"bert\"} trailing"})
    void refusesWhatIsNoJsonObject(String text) {
        UserError error = assertThrows(UserError.class, () -> HuggingFaceModel.parse("my.json", text));
        assertMentions(error, "my.json ");
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        UserError error = assertThrows(UserError.class, () -> HuggingFaceModel.parse("my.json", deep));
        assertMentions(error, "not valid JSON");
    }

    @Test
    void refusesTruncatedAndMutatedConfigsInOneLine() {
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            StringBuilder broken = new StringBuilder(i % 2 == 0 ? BERT.substring(0, i * BERT.length() / 400) : BERT);
            for (int j = 0; j < i % 4 && !broken.isEmpty(); j++) {
                broken.setCharAt(random.nextInt(broken.length()), (char) (' ' + random.nextInt(95)));
            }
            try {
                HuggingFaceModel.parse("my.json", broken.toString()).graph(Workload.ofBatch(1));
            } catch (UserError e) {
                refused++;
                assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
            }
        }
        assertTrue(refused > 200, "refused " + refused);
    }

    @Test
    void refusesSizesWhoseProductIsAbsurd() {
        String large = BERT.replace("\"vocab_size\": 100", "\"vocab_size\": 10000000")
                .replace("\"hidden_size\": 32", "\"hidden_size\": 10000000")
                .replace("\"intermediate_size\": 64", "\"intermediate_size\": 10000000")
                .replace("\"max_position_embeddings\": 16", "\"max_position_embeddings\": 10000000");
        HuggingFaceModel model = HuggingFaceModel.parse("my.json", large);
        Workload workload = Workload.ofBatch(1L << 24).withSequenceLength(10_000_000);
        UserError error = assertThrows(UserError.class, () -> model.graph(workload));
        assertMentions(error, "give smaller sizes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "distilbert | ~\"dim\": 32, \"n_layers\": 2, \"n_heads\": 4, \"hidden_dim\": 64~",
        "gpt2       | ~\"n_embd\": 32, \"n_layer\": 2, \"n_head\": 4, \"n_ctx\": 16~",
        "t5         | ~\"d_model\": 32, \"d_kv\": 8, \"d_ff\": 64, \"num_heads\": 4, \"num_layers\": 2~",
        "clip       | ~\"text_config\": {}, \"vision_config\": {}~"
    })
    void recognisesAConfigByItsKeys(String type, String keys) {
        String config = "{\"vocab_size\": 100, \"max_position_embeddings\": 16, " + keys + "}";
        assertEquals(type, HuggingFaceModel.parse("my.json", config).family());
    }

    @Test
    void recognisesAConfigByTheClassItWasSavedFrom() {
        String roberta = BERT.replace("\"model_type\": \"bert\"", "\"architectures\": [\"RobertaModel\"]");
        assertEquals("roberta", HuggingFaceModel.parse("my.json", roberta).family());
    }

    @Test
    void positionsOfRobertaStartAfterThePadding() {
        String roberta = BERT.replace("\"bert\"", "\"roberta\"");
        Workload longest = Workload.ofBatch(1).withSequenceLength(15);
        HuggingFaceModel first = HuggingFaceModel.parse("my.json", roberta.replace("{", "{\"pad_token_id\": 0, "));
        assertEquals(15, first.graph(longest).outputs().getFirst().shape().dimension(1));
        HuggingFaceModel usual = HuggingFaceModel.parse("my.json", roberta);
        assertMentions(assertThrows(UserError.class, () -> usual.graph(longest)), "14 positions");
        String none = roberta.replace("{", "{\"pad_token_id\": 15, ");
        UserError error = assertThrows(UserError.class, () -> HuggingFaceModel.parse("my.json", none));
        assertMentions(error, "leaves no position after pad_token_id 15");
    }

    @Test
    void countsClassesByTheirNames() {
        String three = BERT.replace("{\"model", "{\"id2label\": {\"0\": \"a\", \"1\": \"b\", \"2\": \"c\"}, \"model");
        HuggingFaceModel model = HuggingFaceModel.parse("my.json", three);
        Workload workload = Workload.ofBatch(5).withHead(TaskHead.SEQUENCE_CLASSIFICATION);
        assertEquals(Shape.of(5, 3), model.graph(workload).outputs().getFirst().shape());
    }

    @Test
    void takesTheHeadFromTheArchitecture() {
        String masked = BERT.replace("{\"model", "{\"architectures\": [\"BertForMaskedLM\"], \"model");
        HuggingFaceModel model = HuggingFaceModel.parse("my.json", masked);
        assertEquals(TaskHead.MASKED_LM, model.defaultHead());
        String unknown = BERT.replace("{\"model", "{\"architectures\": [\"BertForNextSentencePrediction\"], \"model");
        HuggingFaceModel other = HuggingFaceModel.parse("my.json", unknown);
        UserError error = assertThrows(UserError.class, () -> other.graph(Workload.ofBatch(1)));
        assertMentions(error, "BertForNextSentencePrediction is not modelled");
        assertEquals(2, other.graph(Workload.ofBatch(1).withHead(TaskHead.RAW)).outputs().size());
    }
}
