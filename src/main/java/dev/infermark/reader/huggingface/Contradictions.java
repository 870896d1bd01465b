package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import java.util.List;

/** Keys that change a network in ways that no architecture here follows; each is refused by its name. */
final class Contradictions {
    private static final List<String> EXPERTS =
            List.of("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts");

    private Contradictions() {}

    /** Refuses what would otherwise be left out of the prediction without a word. */
    static void check(Config config) {
        config.requireAbsent("pruned_heads", "is not modelled; give the config of the model with all heads");
        config.requireAbsent("add_cross_attention", "true is not modelled, only false");
        config.requireAbsent("cross_attention_hidden_size", "is not modelled; leave it out");
        if (config.has("quantization_config")) {
            Config quantization = config.section("quantization_config");
            String method = quantization.text("quant_method", "unknown");
            throw new UserError(config.origin() + ": quantization_config \"" + method
                    + "\" is not modelled; take it out to predict the weights in the type of --data-type"
                    + (hasBytes(quantization, method) ? ", and to generate text give --weight-type int8" : ""));
        }
    }

    /** Whether weights are stored in eight bits and computed with in more, as Neuron's libraries do too. */
    private static boolean hasBytes(Config quantization, String method) {
        return method.equals("fp8")
                || quantization.flag("load_in_8bit", false)
                || quantization.size("bits", 0) == Byte.SIZE;
    }

    /** Refuses a checkpoint that brings its own code. */
    static void requireNoCode(Config config) {
        config.requireAbsent(
                "auto_map",
                "says that the checkpoint brings code of its own, which cannot be seen; take it out if the class of"
                        + " transformers computes the same");
    }

    /** Refuses experts where every layer is dense. */
    static void requireDense(Config config) {
        EXPERTS.forEach(key -> config.requireAbsent(
                key, "is not modelled for a dense model_type; name the type that has experts, such as mixtral"));
    }
}
