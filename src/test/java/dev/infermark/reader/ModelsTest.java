package dev.infermark.reader;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model is found by its published names or in a file, or the user learns what to write instead. */
class ModelsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BAAI/bge-base-en-v1.5",
                "albert-base-v2",
                "bert-base",
                "bert-base-cased-finetuned-mrpc",
                "bert-small",
                "distilbert-base-uncased-finetuned-sst-2-english",
                "gpt2-large",
                "llama-2-70b",
                "llama-3-8b",
                "opt-66b",
                "openai/clip-vit-base-patch32",
                "google/vit-base-patch16-224",
                "t5-3b",
                "unet",
                "vgg11",
                "resnet152",
                "xlm-roberta-base",
                "ResNet-50",
                "BERT-large-uncased"
            })
    void findsTheModelsThatAwsMeasured(String name) {
        assertTrue(Models.find(name).graph(Workload.ofBatch(1)).parameters() > 0);
    }

    @Test
    void xlmRobertaReturnsTheScoresOfItsVocabulary() {
        assertEquals(
                Shape.of(1, 128, 250002),
                Models.find("xlm-roberta-base").graph(Workload.ofBatch(1)).outputs().getFirst().shape());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deepmind/vision-perceiver-conv",
                "stable-diffusion-1.5",
                "stable-diffusion-xl-base+refiner",
                "pixart-alpha",
                "yolov4",
                "ssd300",
                "openpose"
            })
    void refusesWhatItCannotBuildWithTheReason(String name) {
        UserError error = assertThrows(UserError.class, () -> Models.find(name));
        assertMentions(error, name + " cannot be predicted: ");
    }

    @Test
    void namesTheNearestModelsForAnUnknownName() {
        UserError error = assertThrows(UserError.class, () -> Models.find("bert-base-uncasd"));
        assertMentions(error, "the nearest names are bert-base-uncased,");
    }

    @Test
    void readsAConfigFileAndTheFolderThatHoldsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), """
                {"model_type": "gpt2", "vocab_size": 10, "n_embd": 8, "n_layer": 1, "n_head": 2, "n_ctx": 4}""");
        for (Path path : new Path[] {file, folder}) {
            assertEquals(
                    Shape.of(1, 4, 8),
                    Models.find(path.toString()).graph(Workload.ofBatch(1)).outputs().getFirst().shape());
        }
    }

    @Test
    void tellsAModelByItsContentWhateverTheFileIsCalled() throws IOException {
        String config = """
                {"model_type": "gpt2", "vocab_size": 10, "n_embd": 8, "n_layer": 1, "n_head": 2, "n_ctx": 4}""";
        for (String text : new String[] {config, "\uFEFF" + config}) {
            Path file = Files.writeString(folder.resolve("my-model.onnx"), text);
            assertTrue(Models.find(file.toString()).graph(Workload.ofBatch(1)).parameters() > 0);
        }
        Path module = Files.writeString(folder.resolve("module.json"), """
                HloModule m

                ENTRY %main (x: f32[4,8]) -> f32[4,8] {
                  %x = f32[4,8] parameter(0)
                  ROOT %y = f32[4,8] tanh(%x)
                }
                """);
        assertEquals(1, Models.find(module.toString()).graph(Workload.ofBatch(1)).nodes().size());
    }

    @Test
    void refusesAFileOfNoKnownKind() throws IOException {
        Path file = Files.writeString(folder.resolve("model.pickle"), "x");
        UserError error = assertThrows(UserError.class, () -> Models.find(file.toString()));
        assertMentions(error, "is no model file that is known; give one of: ");
    }

    @Test
    void refusesWorkloadsOutOfRange() {
        assertThrows(UserError.class, () -> Workload.ofBatch(0));
        assertThrows(UserError.class, () -> Workload.ofBatch(1).withSequenceLength(-1));
        assertThrows(UserError.class, () -> Workload.ofBatch(1L << 40));
        assertThrows(UserError.class, () -> Models.find("vgg16").graph(Workload.ofBatch(1).withImageSize(223)));
        assertThrows(UserError.class, () -> Models.find("unet").graph(Workload.ofBatch(1).withSequenceLength(2)));
    }
}
