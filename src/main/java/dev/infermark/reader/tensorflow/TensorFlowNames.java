package dev.infermark.reader.tensorflow;

import java.util.Set;

/** References to tensors: {@code node}, {@code node:1}, {@code node:output:1} inside functions, {@code ^node}. */
final class TensorFlowNames {
    /** Names of outputs that are the second of their operators. */
    private static final Set<String> SECOND = Set.of("indices", "batch_mean", "idx", "backprop");

    private TensorFlowNames() {}

    /** The node that a reference names. */
    static String node(String reference) {
        String bare = reference.startsWith("^") ? reference.substring(1) : reference;
        int colon = bare.indexOf(':');
        return colon < 0 ? bare : bare.substring(0, colon);
    }

    /** Which output of the node a reference names. */
    static int output(String reference) {
        String[] parts = reference.split(":", -1);
        if (parts.length < 2) {
            return 0;
        }
        String last = parts[parts.length - 1];
        int index = last.matches("\\d{1,6}") ? Integer.parseInt(last) : 0;
        return parts.length == 3 && SECOND.contains(parts[1]) ? index + 1 : index;
    }

    /** Whether a reference only orders nodes. */
    static boolean isControl(String reference) {
        return reference.startsWith("^");
    }
}
