package dev.infermark.reader.onnx;

import static dev.infermark.reader.onnx.OnnxFile.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;

/** Networks as the ONNX project stripped them of their weights: converted from Caffe, no shapes declared inside. */
final class LightNetworks {
    private final OnnxFile file = new OnnxFile(9);
    private int layers;

    private LightNetworks() {}

    /** AlexNet as Caffe defines it, two of its convolutions in groups. */
    static OnnxFile alexNet() {
        LightNetworks network = new LightNetworks();
        String x = network.file.input("data_0", 1, 3, 224, 224);
        x = network.pool(network.responses(network.convolution(x, 3, 96, 11, 4, 0, 1)), 3, 0);
        x = network.pool(network.responses(network.convolution(x, 96, 256, 5, 1, 2, 2)), 3, 0);
        x = network.convolution(x, 256, 384, 3, 1, 1, 1);
        x = network.convolution(x, 384, 384, 3, 1, 1, 2);
        x = network.pool(network.convolution(x, 384, 256, 3, 1, 1, 2), 3, 1);
        return network.classifier(x, 9216);
    }

    /** VGG-19 without batch normalisation. */
    static OnnxFile vgg19() {
        LightNetworks network = new LightNetworks();
        String x = network.file.input("data_0", 1, 3, 224, 224);
        long from = 3;
        long[][] stages = {{64, 2}, {128, 2}, {256, 4}, {512, 4}, {512, 4}};
        for (long[] stage : stages) {
            for (int i = 0; i < stage[1]; i++) {
                x = network.convolution(x, from, stage[0], 3, 1, 1, 1);
                from = stage[0];
            }
            x = network.pool(x, 2, 0);
        }
        return network.classifier(x, 512 * 7 * 7);
    }

    private String convolution(String x, long from, long to, long kernel, long stride, long pad, long groups) {
        String name = "conv" + ++layers;
        String y = file.op(
                "Conv",
                List.of(
                        x,
                        file.light(name + "_w_0", to, from / groups, kernel, kernel),
                        file.light(name + "_b_0", to)),
                attribute("group", groups),
                square("kernel_shape", kernel),
                square("strides", stride),
                attribute("pads", List.of(pad, pad, pad, pad)));
        return file.op("Relu", List.of(y));
    }

    private String responses(String x) {
        return file.op("LRN", List.of(x), attribute("size", 5));
    }

    private String pool(String x, long kernel, long after) {
        return file.op(
                "MaxPool",
                List.of(x),
                square("kernel_shape", kernel),
                square("strides", 2),
                attribute("pads", List.of(0L, 0L, after, after)));
    }

    private OnnxFile classifier(String x, long features) {
        String flat = file.op("Reshape", List.of(x, file.bytes("OC2_DUMMY_1", 1, features)));
        long from = features;
        for (long to : new long[] {4096, 4096, 1000}) {
            String name = "fc" + ++layers;
            String y = file.op(
                    "Gemm",
                    List.of(flat, file.light(name + "_w_0", to, from), file.light(name + "_b_0", to)),
                    attribute("transB", 1));
            flat = to == 1000 ? y : dropped(file.op("Relu", List.of(y)));
            from = to;
        }
        return file.output(file.op("Softmax", List.of(flat)));
    }

    /** The second result says which elements were kept; nobody reads it. */
    private String dropped(String x) {
        return file.nodes("", "Dropout", List.of(x + ".dropped", x + ".mask"), List.of(x));
    }

    private static AttributeProto square(String name, long size) {
        return attribute(name, Arrays.asList(size, size));
    }
}
