package dev.infermark.reader.translate;

import dev.infermark.graph.Normalization;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Pool;
import dev.infermark.reader.translate.Value.Layout;
import java.util.ArrayList;
import java.util.List;

/** Operators on images, whichever order of axes the file has them in. */
public record Images(Translation graph) {

    /** Adds an operator whose first operand is an image in the given layout; the other operands are weights. */
    public Value add(String name, Operator operator, Value image, Layout layout, Value... weights) {
        List<Value> operands = new ArrayList<>();
        operands.add(layout == Layout.CHANNELS_LAST ? graph.channelsLast(image) : graph.asWritten(image));
        operands.addAll(List.of(weights));
        return graph.addPhysically(name, operator, operands, layout).getFirst();
    }

    /** Batch normalisation, whose statistics are stored but not learned. */
    public Value batchNormalization(String name, Value image, Layout layout, List<Value> parameters) {
        Value[] weights = {
            parameters.get(0), parameters.get(1), parameters.get(2).fixed(), parameters.get(3).fixed()
        };
        return add(name, new Normalization(Normalization.Kind.BATCH), image, layout, weights);
    }

    /** Mean or maximum of windows. */
    public Value pool(String name, Pool pool, Value image, Layout layout) {
        return add(name, pool, image, layout);
    }

    /** The sizes of the spatial dimensions of an image. */
    public static List<Long> spatial(Value image, Layout layout) {
        List<Long> dimensions = image.shape().dimensions();
        if (dimensions.size() < 3) {
            throw new IllegalArgumentException("an image expected, got " + image.shape());
        }
        return layout == Layout.CHANNELS_LAST
                ? dimensions.subList(1, dimensions.size() - 1)
                : dimensions.subList(2, dimensions.size());
    }
}
