package dev.infermark.kernel.reference;

import dev.infermark.kernel.provider.GpsimdSupport;

/** One element after the other. */
final class ReferenceGpsimd implements GpsimdSupport {
    @Override
    public void affineSelect(
            float[] x, float[] y, int at, int rows, int columns, int diagonal, float replacement) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int position = at + i * columns + j;
                y[position] = j <= (long) i + diagonal ? x[position] : replacement;
            }
        }
    }

    @Override
    public void iota(float[] y, int at, int length, int index, float first, float step) {
        for (int i = 0; i < length; i++) {
            y[at + i] = first + step * (index + i);
        }
    }

    @Override
    public void relu(float[] x, int at, float[] y, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            y[toAt + i] = x[at + i] < 0 ? 0 : x[at + i];
        }
    }

    @Override
    public int firstAbove(float[] x, int at, int length, float threshold) {
        for (int i = at; i < at + length; i++) {
            if (x[i] > threshold || (Float.isNaN(x[i]) && !Float.isNaN(threshold))) {
                return i;
            }
        }
        return at + length;
    }

    @Override
    public boolean overlapsAny(
            float[] boxes,
            int capacity,
            int count,
            float left,
            float top,
            float right,
            float bottom,
            float threshold) {
        float area = (right - left) * (bottom - top);
        for (int i = 0; i < count; i++) {
            float otherLeft = boxes[i];
            float otherTop = boxes[capacity + i];
            float otherRight = boxes[2 * capacity + i];
            float otherBottom = boxes[3 * capacity + i];
            float otherArea = (otherRight - otherLeft) * (otherBottom - otherTop);
            float width = positive(Math.min(right, otherRight) - Math.max(left, otherLeft));
            float height = positive(Math.min(bottom, otherBottom) - Math.max(top, otherTop));
            float intersection = width * height;
            if (intersection / (area + otherArea - intersection) > threshold) {
                return true;
            }
        }
        return false;
    }

    private static float positive(float x) {
        return x > 0 ? x : 0;
    }
}
