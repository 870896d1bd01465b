package dev.infermark.reader.builtin;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;

/** A network over square images of any size that its pooling can halve often enough. */
record ConvolutionalNetwork(String name, long smallestImage, Layers layers) implements ModelSource {
    private static final long DEFAULT_IMAGE = 224;

    /** The layers of a network, from the image to its only output. */
    interface Layers {
        Tensor apply(ConvolutionBlocks blocks, Tensor image);
    }

    @Override
    public Graph graph(Workload workload) {
        if (workload.sequenceLength().isPresent()
                || workload.targetLength().isPresent()
                || workload.cachedTokens() > 0
                || workload.prompts().isPresent()) {
            throw new UserError(name + " reads images only; leave out sequence lengths, cached tokens and prompts");
        }
        workload.head().filter(head -> head != TaskHead.RAW).ifPresent(head -> {
            throw new UserError(name + " has no head " + head.label() + "; leave it out");
        });
        if (!workload.dimensions().isEmpty()) {
            throw new UserError(name + " has no symbolic dimensions; give batch and image size by their own settings");
        }
        long pixels = workload.imageSize().orElse(DEFAULT_IMAGE);
        if (pixels < smallestImage) {
            throw new UserError(name + " needs images of at least " + smallestImage + " pixels, not " + pixels
                    + "; give that size");
        }
        GraphBuilder graph = new GraphBuilder(name);
        try {
            ConvolutionBlocks blocks = new ConvolutionBlocks(graph, workload.type());
            return graph.build(layers.apply(blocks, blocks.image(workload.batch(), pixels)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UserError(
                    name + " cannot be laid out for this workload (" + e.getMessage() + "); give smaller sizes", e);
        }
    }
}
