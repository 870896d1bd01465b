package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxFile.attribute;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken files end in one line that names the cause. */
class OnnxRefusalTest {

    @Test
    void namesOpenDimensionsAndTheirMend() {
        OnnxFile file = new OnnxFile(13);
        file.output(file.op("Relu", List.of(file.input("x", "batch", "height width"))));
        refuses(file, Map.of(), "batch", "--dim batch=1", "--dim 'height width'=1");
    }

    @Test
    void refusesSizesForDimensionsThatAreNotOpen() {
        OnnxFile file = new OnnxFile(13);
        file.output(file.op("Relu", List.of(file.input("x", 1, 3))));
        refuses(file, Map.of("batch", 4L), "no open dimension batch");
    }

    @Test
    void refusesCycles() {
        OnnxFile file = new OnnxFile(13);
        file.node("Add", "a", List.of(file.input("x", 1), "b"));
        file.node("Relu", "b", List.of("a"));
        refuses(file.output("b"), Map.of(), "cycle");
    }

    @Test
    void refusesTensorsLargerThanAnyInstance() {
        OnnxFile file = new OnnxFile(13);
        file.output(file.op("Relu", List.of(file.input("x", 1_000_000_000L, 1_000_000_000L))));
        refuses(file, Map.of(), "larger than any instance");
    }

    @Test
    void refusesRepetitionWithoutEnd() {
        OnnxFile file = new OnnxFile(13);
        String x = file.input("x", 4);
        for (int i = 0; i < 8; i++) {
            x = file.op("Tile", List.of(x, file.constant("r" + i, 1_000_000)));
        }
        refuses(file.output(x), Map.of(), "Tile");
    }

    @Test
    void refusesNamesGivenTwice() {
        OnnxFile file = new OnnxFile(13);
        file.node("Relu", "y", List.of(file.input("x", 1)));
        file.node("Relu", "y", List.of("x"));
        refuses(file.output("y"), Map.of(), "twice");
    }

    @Test
    void refusesInputsThatNothingWrites() {
        OnnxFile file = new OnnxFile(13);
        refuses(file.output(file.op("Relu", List.of("nowhere"))), Map.of(), "nowhere");
    }

    @Test
    void namesTheSizesThatWereGivenWhereTheyMayBeWhatDoesNotFit() {
        OnnxFile file = new OnnxFile(13);
        String x = file.input("x", 1, 1, "samples");
        file.output(file.node("Conv", "y", List.of(x, file.weight("w", 4, 1, 512))));
        refuses(file, Map.of("samples", 100L), "give other sizes by --dim, or check the file");
    }

    @Test
    void refusesShapesOnlyKnownAtRunTime() {
        OnnxFile file = new OnnxFile(13);
        String y = file.op("Reshape", List.of(file.input("x", 4), file.ids("shape", 2)));
        refuses(file.output(y), Map.of(), "run time", "Reshape");
    }

    @Test
    void refusesContentsThatDoNotFitTheirShape() {
        OnnxFile file = new OnnxFile(13);
        file.graph.addInitializer(OnnxFile.tensor("w").addDims(1_000_000).setRawData(
                com.google.protobuf.ByteString.copyFrom(new byte[16])));
        refuses(file.output(file.op("Add", List.of(file.input("x", 1), "w"))), Map.of(), "needs 8000000 bytes");
    }

    @Test
    void refusesOldOperatorSets() {
        OnnxFile file = new OnnxFile(6);
        refuses(file.output(file.op("Relu", List.of(file.input("x", 1)))), Map.of(), "opset 6");
    }

    @Test
    void refusesResultsThatOnlyTrainingNeeds() {
        OnnxFile file = new OnnxFile(13);
        file.nodes("", "Dropout", List.of("y", "mask"), List.of(file.input("x", 4)));
        refuses(file.output("y").output("mask"), Map.of(), "output 1 of Dropout", "not modelled");
    }

    @Test
    void saysWhichPaddingsAreMissing() {
        OnnxFile file = new OnnxFile(13);
        String y = file.op("Pad", List.of(file.input("x", 1, 3, 8), file.constant("pads", 1, 1)));
        refuses(file.output(y), Map.of(), "Pad", "2 paddings for 3 axes of 1x3x8");
    }

    @Test
    void doesNotAnswerWithTheIndexOfAnArray() {
        OnnxFile file = new OnnxFile(13);
        String x = file.input("x", 1, 3, 8, 8);
        file.graph.addInitializer(OnnxFile.tensor("scales")
                .setDataType(ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                .addDims(2)
                .addFloatData(1)
                .addFloatData(2));
        String y = file.op("Resize", List.of(x, "", "scales"));
        refuses(file.output(y), Map.of(), "Resize", "does not fit its inputs");
    }

    @Test
    void refusesTruncatedAndMutatedFilesInOneLine() {
        byte[] whole = OnnxNetworks.bertBase().model().toByteArray();
        Map<String, Long> sizes = Map.of("batch", 1L, "sequence", 16L);
        Random random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            byte[] broken = i % 2 == 0 ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)) : whole.clone();
            for (int j = 0; j < 1 + i % 8; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                OnnxFile.read(broken, sizes);
            } catch (UserError e) {
                refused++;
                assertOneLine(e);
            }
        }
        assertTrue(refused > 75, "refused " + refused);
    }

    @Test
    void refusesNestingWithoutEnd() {
        var branch = ai.onnx.proto.OnnxMl.GraphProto.newBuilder();
        for (int i = 0; i < 200; i++) {
            branch = ai.onnx.proto.OnnxMl.GraphProto.newBuilder()
                    .addNode(ai.onnx.proto.OnnxMl.NodeProto.newBuilder()
                            .setOpType("If")
                            .addAttribute(attribute("then_branch", branch.build())));
        }
        OnnxFile file = new OnnxFile(13);
        file.op("If", List.of(file.input("x", 1)), attribute("then_branch", branch.build()));
        refuses(file.output("x"), Map.of(), "broken");
    }

    private static void refuses(OnnxFile file, Map<String, Long> dimensions, String... parts) {
        UserError error = assertThrows(UserError.class, () -> file.read(dimensions));
        assertOneLine(error);
        for (String part : parts) {
            assertTrue(String.valueOf(error.getMessage()).contains(part), () -> part + " in: " + error.getMessage());
        }
    }

    private static void assertOneLine(UserError error) {
        assertFalse(String.valueOf(error.getMessage()).contains("\n"), error.getMessage());
    }
}
