package dev.infermark.lower.shard;

/**
 * A matrix of weights outside attention, as a tensor-parallel group splits it.
 *
 * @param split by which of its sides
 * @param rows inner dimension of the matmul
 * @param columns outer dimension of the matmul
 * @param experts how many such matrices a mixture of experts chooses from, else 1
 * @param chosen how many of them each token goes through, else 1
 */
public record WeightShape(Split split, long rows, long columns, long experts, long chosen) {

    /** Refuses more chosen experts than there are. */
    public WeightShape {
        if (chosen < 1 || chosen > experts) {
            throw new IllegalArgumentException(chosen + " of " + experts + " experts");
        }
    }

    /** A matrix that every token goes through. */
    public WeightShape(Split split, long rows, long columns) {
        this(split, rows, columns, 1, 1);
    }

    /** Whether tokens are sent to some of many such matrices. */
    public boolean isExpert() {
        return experts > 1;
    }

    /** By which side a matrix is split. */
    public enum Split {
        /** Each core computes some of the columns, which needs no exchange. */
        COLUMNS,
        /** Each core has some of the rows; the cores' results are summed. */
        ROWS,
        /** Each core has all of it, as of the router that sends tokens to experts. */
        NONE
    }

    /** Rows of one core's part. */
    public long rowsOf(int degree) {
        return split == Split.ROWS ? Math.ceilDiv(rows, degree) : rows;
    }

    /** Columns of one core's part. */
    public long columnsOf(int degree) {
        return split == Split.COLUMNS ? Math.ceilDiv(columns, degree) : columns;
    }

    /** Weights of one core's part, those of all experts together. */
    public long parametersOf(int degree) {
        return Math.multiplyExact(experts, Math.multiplyExact(rowsOf(degree), columnsOf(degree)));
    }
}
