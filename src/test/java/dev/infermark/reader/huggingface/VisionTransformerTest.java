package dev.infermark.reader.huggingface;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vision transformers cut images into patches and put learned tokens before them. */
class VisionTransformerTest {
    private static final String DEIT = """
            {"model_type": "deit", "architectures": ["DeiTModel"], "hidden_size": 32, "num_hidden_layers": 2,
             "num_attention_heads": 4, "intermediate_size": 64, "image_size": 32, "patch_size": 8}""";

    @Test
    void anImageHasAClassTokenAndItsPatches() {
        Workload workload = Workload.ofBatch(2).withHead(TaskHead.RAW);
        assertEquals(List.of(Shape.of(2, 197, 768), Shape.of(2, 768)), outputs("vit-base", workload));
        assertEquals(List.of(Shape.of(2, 197, 768), Shape.of(2, 768)), outputs("beit-base-patch16-224", workload));
    }

    @Test
    void deitHasADistillationTokenToo() {
        Graph graph = HuggingFaceModel.parse("my.json", DEIT).graph(Workload.ofBatch(3));
        assertEquals(Shape.of(3, 18, 32), graph.outputs().getFirst().shape());
    }

    @Test
    void clipComparesEachImageWithEachText() {
        List<Shape> outputs = outputs("openai/clip-vit-base-patch32", Workload.ofBatch(4).withPrompts(100));
        assertEquals(Shape.of(4, 100), outputs.get(0));
        assertEquals(Shape.of(100, 4), outputs.get(1));
        assertEquals(Shape.of(100, 77, 512), outputs.get(4));
    }

    /** 63,165,952 and 87,456,000 parameters: the two encoders of ViT-B/32 as OpenAI published them. */
    @Test
    void eachTowerOfClipStandsAlone() {
        Graph text = HuggingFaceModel.parse(
                        "text.json", "{\"model_type\": \"clip_text_model\", \"architectures\": [\"CLIPTextModel\"]}")
                .graph(Workload.ofBatch(4));
        assertEquals(List.of(Shape.of(4, 77, 512), Shape.of(4, 512)), shapes(text));
        assertEquals(63_165_952, text.parameters());
        Graph vision = HuggingFaceModel.parse("vision.json", "{\"architectures\": [\"CLIPVisionModel\"]}")
                .graph(Workload.ofBatch(4));
        assertEquals(List.of(Shape.of(4, 50, 768), Shape.of(4, 768)), shapes(vision));
        assertEquals(87_456_000, vision.parameters());
    }

    @Test
    void refusesPatchesLargerThanTheImage() {
        String config = DEIT.replace("\"patch_size\": 8", "\"patch_size\": 33");
        UserError error = assertThrows(UserError.class, () -> HuggingFaceModel.parse("my.json", config));
        assertMentions(error, "my.json", "patch_size 33 exceeds image_size 32");
    }

    @Test
    void refusesTheTeacherHeadByName() {
        String config = DEIT.replace("DeiTModel", "DeiTForImageClassificationWithTeacher");
        HuggingFaceModel model = HuggingFaceModel.parse("my.json", config);
        UserError error = assertThrows(UserError.class, () -> model.graph(Workload.ofBatch(1)));
        assertMentions(error, "DeiTForImageClassificationWithTeacher", "raw");
    }

    private static List<Shape> outputs(String model, Workload workload) {
        return shapes(Models.find(model).graph(workload));
    }

    private static List<Shape> shapes(Graph graph) {
        return graph.outputs().stream().map(Tensor::shape).toList();
    }
}
