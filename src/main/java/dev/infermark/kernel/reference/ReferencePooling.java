package dev.infermark.kernel.reference;

import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Window;

/** Pooling of one window after the other. */
final class ReferencePooling {
    private ReferencePooling() {}

    static void pool(Pooling2d pooling, float[] x, float[] y) {
        ImageShape output = pooling.output();
        for (int image = 0; image < output.batch(); image++) {
            for (int channel = 0; channel < output.channels(); channel++) {
                for (int row = 0; row < output.height(); row++) {
                    for (int column = 0; column < output.width(); column++) {
                        y[output.index(image, row, column, channel)] = window(pooling, x, image, channel, row, column);
                    }
                }
            }
        }
    }

    private static float window(Pooling2d pooling, float[] x, int image, int channel, int row, int column) {
        ImageShape input = pooling.input();
        int top = first(pooling.vertical(), row);
        int left = first(pooling.horizontal(), column);
        int fromRow = Math.max(top, 0);
        int toRow = Math.min(top + pooling.vertical().size(), input.height());
        int fromColumn = Math.max(left, 0);
        int toColumn = Math.min(left + pooling.horizontal().size(), input.width());
        boolean isMax = pooling.kind() == Pooling2d.Kind.MAX;
        float result = isMax ? Float.NEGATIVE_INFINITY : 0;
        for (int i = fromRow; i < toRow; i++) {
            for (int j = fromColumn; j < toColumn; j++) {
                float value = x[input.index(image, i, j, channel)];
                result = isMax ? Math.max(result, value) : result + value;
            }
        }
        return result / pooling.divisor(toRow - fromRow, toColumn - fromColumn);
    }

    private static int first(Window window, int place) {
        return place * window.stride() - window.before();
    }
}
