package dev.infermark.kernel;

/** Refusals that name the argument and both shapes. */
final class Arguments {
    private Arguments() {}

    static void checkSameShape(String name, Matrix<?> matrix, String otherName, Matrix<?> other) {
        if (matrix.rows() != other.rows() || matrix.columns() != other.columns()) {
            throw new IllegalArgumentException(
                    name + " must have " + otherName + "'s shape " + other.shape() + ", but is " + matrix.shape());
        }
    }

    /** An output of the input's shape that is the input itself or shares nothing with it. */
    static void checkInPlaceOrApart(String inputName, Matrix<?> input, String outputName, Matrix<?> output) {
        checkSameShape(outputName, output, inputName, input);
        if (output.overlaps(input) && !output.equals(input)) {
            throw new IllegalArgumentException(outputName + " (" + output.shape() + ") must be " + inputName + " ("
                    + input.shape() + ") itself or not overlap it");
        }
    }

    static void checkPerColumn(String name, float[] perColumn, Matrix<?> x) {
        checkLength(name, perColumn.length, "one element per column of x", x);
    }

    static void checkPerRow(String name, int length, String matrixName, Matrix<?> x) {
        if (length != x.rows()) {
            throw new IllegalArgumentException(name + " must have one element per row of " + matrixName + ", which is "
                    + x.shape() + ", but has shape " + length);
        }
    }

    private static void checkLength(String name, int length, String demand, Matrix<?> x) {
        if (length != x.columns()) {
            throw new IllegalArgumentException(
                    name + " must have " + demand + ", which is " + x.shape() + ", but has shape " + length);
        }
    }

    /** An output that is not in the array of a matrix. */
    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    static void checkApart(String name, Object array, String matrixName, Matrix<?> matrix) {
        if (array == matrix.data()) {
            throw new IllegalArgumentException(
                    name + " must not be the array of " + matrixName + " (" + matrix.shape() + ")");
        }
    }

    static void checkEpsilon(float epsilon) {
        if (!(epsilon >= 0) || epsilon == Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("epsilon must be finite and not negative, but is " + epsilon);
        }
    }
}
