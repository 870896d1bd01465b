package dev.infermark.reader.tensorflow;

import dev.infermark.base.UserError;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;

/** Chooses the signature of a saved model that is called. */
final class Signatures {
    private static final String DEFAULT = "serving_default";
    /** What loads the variables; nobody calls it. */
    private static final String LOADING = "__saved_model_init_op";

    private Signatures() {}

    /** The wanted one, else {@code serving_default}, else the only one. */
    static SignatureDef choose(String file, MetaGraphDef meta, Optional<String> wanted) {
        Map<String, SignatureDef> callable = new TreeMap<>(meta.getSignatureDefMap());
        callable.remove(LOADING);
        callable.values().removeIf(signature -> signature.getOutputsCount() == 0);
        String names = String.join(", ", callable.keySet());
        if (callable.isEmpty()) {
            throw new UserError(file + " has no signature; save the model with one, or cut it by --input and --output");
        }
        if (wanted.isPresent()) {
            return Optional.ofNullable(callable.get(wanted.get()))
                    .orElseThrow(() -> new UserError(file + " has no signature " + wanted.get() + "; it has " + names));
        }
        if (callable.size() > 1 && !callable.containsKey(DEFAULT)) {
            throw new UserError(file + " has several signatures; choose one by --signature: " + names);
        }
        return callable.getOrDefault(DEFAULT, callable.values().iterator().next());
    }
}
