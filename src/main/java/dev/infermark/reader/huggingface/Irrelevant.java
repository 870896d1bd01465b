package dev.infermark.reader.huggingface;

import java.util.regex.Pattern;

/** Keys of configs that change neither shapes nor operators: training, generation, numbers that cost nothing. */
final class Irrelevant {
    private static final Pattern KEYS = Pattern.compile(String.join(
            "|",
            // Where it comes from.
            "_name_or_path|_commit_hash|transformers_version|_diffusers_version|.*_class|model_max_length|torchscript",
            "language|name|finetuning_task|task_specific_params|problem_type|label2id|id2label|num_labels|_num_labels",
            "output_past|use_return_dict|return_dict(_in_generate)?|output_(attentions|hidden_states|scores)",
            "gradient_checkpointing|_attn_implementation(_autoset|_internal)?|attn_implementation",
            "is_encoder_decoder|is_decoder|is_composition|architectures|model_type|tie_encoder_decoder",
            // Training.
            ".*drop(out|_path|_rate|_prob).*|.*_drop|.*pdrop|.*layerdrop|initializer.*|init_.*|.*_init(_std)?",
            ".*_std|.*_loss(_.*)?|.*_cost|.*_coef(ficient)?|mask_(time|feature)_.*|apply_spec_augment|.*_temperature",
            "pretraining_tp|embedding_initialization|weight_init.*|scale_parameter|label_smoothing",
            "reference_compile|repad_logits_with_grad|sparse_.*|num_(negatives|codevector.*)|codevector_dim",
            "contrastive_.*|diversity_.*|proj_codevector_dim|feat_quantizer_.*|ctc_.*|router_(aux|z|jitter).*",
            "output_router_logits|.*_loss_weight|semantic_loss_ignore_index|tf_.*|xla_.*|deterministic_.*",
            // Numbers inside an operator, whatever their values.
            ".*_eps(ilon)?|eps|.*_token_id|.*_token_index|.*_index|rope_.*|partial_rotary.*|rotary_emb_base|.*theta",
            "original_max_position_embeddings|.*_scale_init_value|logit_scale_init_value|.*_norm_range",
            "query_pre_attn_scalar|max_window_layers|sliding_window|use_sliding_window|cache_implementation",
            "chunk_size_feed_forward|use_bfloat16|compile|use_cache|forced_.*|suppress_tokens|begin_suppress_tokens",
            // Generation.
            "max_length|min_length|max_new_tokens|do_sample|num_beams|num_beam_groups|early_stopping|temperature",
            "top_k|top_p|typical_p|repetition_penalty|length_penalty|no_repeat_ngram_size|bad_words_ids|prefix",
            "encoder_no_repeat_ngram_size|num_return_sequences|exponential_decay_length_penalty|remove_invalid_values",
            "decoder_start_token_id|summary_.*|classifier_.*|n_special|predict_special_tokens|max_(source|target)_.*",
            "generation_config|is_hybrid_cache|normalize_(before|after|embedding)|extra_pos_embeddings|static_.*",
            "force_bos_token_to_be_generated|gradient_.*|median_filter_width|normalize_embedding|pooler_.*"));

    private Irrelevant() {}

    /** Whether a key, without its section, is known to change nothing. */
    static boolean contains(String key) {
        return KEYS.matcher(key.substring(key.lastIndexOf('.') + 1)).matches();
    }
}
