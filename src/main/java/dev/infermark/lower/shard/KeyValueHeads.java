package dev.infermark.lower.shard;

/** How a runtime shares the heads of keys and values among the cores of a group. */
public enum KeyValueHeads {
    /** Each core has its part where they can be divided, else a copy for each of its query heads. */
    DIVIDED_OR_PER_QUERY,
    /** Each core has its part, at least one head: heads are copied until there is one for each core. */
    COPIED_TO_DEGREE;

    /** Heads of keys and values on one core. */
    public long perCore(AttentionShape attention, int degree) {
        long queries = Math.ceilDiv(attention.heads(), degree);
        return switch (this) {
            case DIVIDED_OR_PER_QUERY -> attention.keyValueHeads() % degree == 0
                    ? attention.keyValueHeads() / degree
                    : queries;
            case COPIED_TO_DEGREE -> Math.max(1, Math.ceilDiv(attention.keyValueHeads(), degree));
        };
    }
}
