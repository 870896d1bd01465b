package dev.infermark.kernel;

/** What a two-dimensional pooling computes of each window, and on what shapes. */
public final class Pooling2d {
    private final Kind kind;
    private final ImageShape input;
    private final Window vertical;
    private final Window horizontal;
    private final ImageShape output;

    /** What is taken of a window. */
    public enum Kind {
        /** Largest element as {@link Math#max(float, float)} has it; padding counts as nothing. */
        MAX,
        /** Mean of the elements that are not padding (ONNX's count_include_pad = 0). */
        AVERAGE,
        /** Mean of all elements, padding being zeros (count_include_pad = 1). */
        AVERAGE_WITH_PADDING
    }

    /**
     * A pooling whose windows have no dilation and each hold an element which is not padding.
     *
     * @param kind what is taken of a window
     * @param input shape of what is pooled
     * @param vertical the window along the height
     * @param horizontal the window along the width
     */
    public Pooling2d(Kind kind, ImageShape input, Window vertical, Window horizontal) {
        check("vertical", vertical);
        check("horizontal", horizontal);
        Sizes.product(windows(vertical, horizontal), vertical.size(), horizontal.size());
        this.kind = kind;
        this.input = input;
        this.vertical = vertical;
        this.horizontal = horizontal;
        output = new ImageShape(
                input.layout(),
                input.batch(),
                vertical.places(input.height()),
                horizontal.places(input.width()),
                input.channels());
    }

    /** A pooling whose square window moves alike along both axes. */
    public static Pooling2d square(Kind kind, ImageShape input, Window window) {
        return new Pooling2d(kind, input, window, window);
    }

    /** A pooling of each channel of each image to one element. */
    public static Pooling2d global(Kind kind, ImageShape input) {
        return new Pooling2d(kind, input, Window.of(input.height()), Window.of(input.width()));
    }

    /** What is taken of a window. */
    public Kind kind() {
        return kind;
    }

    /** Shape of what is pooled. */
    public ImageShape input() {
        return input;
    }

    /** The window along the height. */
    public Window vertical() {
        return vertical;
    }

    /** The window along the width. */
    public Window horizontal() {
        return horizontal;
    }

    /** Shape of the result, in the layout of the input. */
    public ImageShape output() {
        return output;
    }

    /** The number that the sum of a window is divided by, of whose rows and columns so many are not padding. */
    public int divisor(int rows, int columns) {
        return switch (kind) {
            case MAX -> 1;
            case AVERAGE -> rows * columns;
            case AVERAGE_WITH_PADDING -> vertical.size() * horizontal.size();
        };
    }

    /** What is taken of which windows and images. */
    @Override
    public String toString() {
        return kind + " of " + windows(vertical, horizontal) + " of " + input;
    }

    private static String windows(Window vertical, Window horizontal) {
        return "windows of " + vertical.size() + "x" + horizontal.size();
    }

    private static void check(String name, Window window) {
        if (window.dilation() != 1) {
            throw new IllegalArgumentException(name + " window of a pooling has no dilation, not " + window.dilation());
        }
        if (window.before() >= window.size() || window.after() >= window.size()) {
            throw new IllegalArgumentException(name + " padding of " + window.before() + " and " + window.after()
                    + " must be less than the window of " + window.size() + ", or windows hold nothing else");
        }
    }
}
