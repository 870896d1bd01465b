package dev.infermark.reader.builtin;

import java.util.List;
import java.util.stream.Stream;

/** The convolutional networks that AWS and its users benchmark. */
final class ConvolutionalNetworks {
    private static final String RESNET = "https://docs.pytorch.org/vision/stable/models/resnet.html";
    private static final String VGG = "https://docs.pytorch.org/vision/stable/models/vgg.html";
    private static final String UNET = "https://github.com/milesial/Pytorch-UNet";
    private static final long HALVED_FOUR_TIMES = 16;
    private static final long HALVED_FIVE_TIMES_TO_SEVEN = 224;

    private ConvolutionalNetworks() {}

    static List<BuiltInModel> all() {
        return Stream.of(
                        resnet("18", Resnet.Block.BASIC, 2, 2, 2, 2),
                        resnet("34", Resnet.Block.BASIC, 3, 4, 6, 3),
                        resnet("50", Resnet.Block.BOTTLENECK, 3, 4, 6, 3),
                        resnet("101", Resnet.Block.BOTTLENECK, 3, 4, 23, 3),
                        resnet("152", Resnet.Block.BOTTLENECK, 3, 8, 36, 3),
                        vgg("11", 1, 1, 2, 2, 2),
                        vgg("13", 2, 2, 2, 2, 2),
                        vgg("16", 2, 2, 3, 3, 3),
                        vgg("19", 2, 2, 4, 4, 4),
                        model("unet", List.of("u-net"), "unet", UNET, HALVED_FOUR_TIMES, new Unet()))
                .toList();
    }

    private static BuiltInModel resnet(String depth, Resnet.Block block, Integer... depths) {
        return model(
                "resnet" + depth, List.of("resnet-" + depth), "resnet", RESNET, 1, new Resnet(block, List.of(depths)));
    }

    private static BuiltInModel vgg(String depth, Integer... depths) {
        return model(
                "vgg" + depth,
                List.of("vgg-" + depth),
                "vgg",
                VGG,
                HALVED_FIVE_TIMES_TO_SEVEN,
                new Vgg(List.of(depths)));
    }

    private static BuiltInModel model(
            String name,
            List<String> aliases,
            String family,
            String origin,
            long smallestImage,
            ConvolutionalNetwork.Layers layers) {
        return new BuiltInModel(
                name, aliases, family, origin, new ConvolutionalNetwork(name, smallestImage, layers));
    }
}
