package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Decoder.OutputTable;

/** In what the relatives of BERT differ: names, position offsets, shared weights, the embedding's width. */
enum EncoderFamily {
    /** BERT as first published. */
    BERT,
    /** RoBERTa, XLM-R, CamemBERT: positions start after the padding index, token types are all zero. */
    ROBERTA,
    /** ELECTRA: embeddings may be narrower than the layers. */
    ELECTRA,
    /** ALBERT: narrow embeddings, and layers that share their weights. */
    ALBERT,
    /** MPNet: RoBERTa's positions, and what the distance of two tokens adds to their scores. */
    MPNET,
    /** LayoutLM: BERT with the places of words on a page. */
    LAYOUTLM,
    /** DistilBERT: half the layers, no token types, no pooler. */
    DISTILBERT;

    private static final long MPNET_BUCKETS = 32;
    private static final long LAYOUTLM_PLACES = 1024;

    LayerNames names() {
        return switch (this) {
            case BERT, ROBERTA, ELECTRA, LAYOUTLM -> LayerNames.OF_BERT;
            case MPNET -> LayerNames.OF_MPNET;
            case ALBERT -> LayerNames.OF_ALBERT;
            case DISTILBERT -> LayerNames.OF_DISTILBERT;
        };
    }

    String layerName(int index) {
        return (this == DISTILBERT ? "transformer.layer." : "encoder.layer.") + index;
    }

    /** Where a layer's parameters live: the same place for layers that share them. */
    String parameterPath(int layer, EncoderSizes sizes) {
        if (this != ALBERT) {
            return layerName(layer);
        }
        int group = layer * sizes.groups() / sizes.layers();
        return "encoder.albert_layer_groups." + group + ".albert_layers.0";
    }

    /** Whether the caller gives token types, or the framework fills in zeros. */
    boolean givesTokenTypes() {
        return this != ROBERTA && this != MPNET;
    }

    boolean hasPooler() {
        return this != ELECTRA && this != DISTILBERT;
    }

    Scale scale() {
        return this == DISTILBERT ? Scale.QUERIES : Scale.SCORES;
    }

    /** Whether padding is selected by a mask as large as the scores, instead of added to them by a row. */
    boolean selectsScores() {
        return this == DISTILBERT;
    }

    boolean projectsEmbeddings(EncoderSizes sizes) {
        return this == ALBERT || sizes.embedding() != sizes.hidden();
    }

    /** The module that widens the embeddings. */
    String projection() {
        return this == ALBERT ? "embedding_hidden_mapping_in" : "embeddings_project";
    }

    /** Reads the sizes. */
    Encoder read(Config config) {
        config.require("position_embedding_type", "absolute");
        config.require("is_decoder", false);
        boolean distilled = this == DISTILBERT;
        String hiddenKey = distilled ? "dim" : "hidden_size";
        long hidden = config.size(hiddenKey);
        long heads = config.size(distilled ? "n_heads" : "num_attention_heads");
        config.perHead(hiddenKey, hidden, heads);
        int layers = config.layers(distilled ? "n_layers" : "num_hidden_layers");
        int groups = this == ALBERT ? config.layers("num_hidden_groups", 1) : layers;
        if (groups > layers || config.size("inner_group_num", 1) != 1) {
            throw new UserError(config.origin() + ": " + groups + " groups of inner_group_num "
                    + config.size("inner_group_num", 1) + " for " + layers
                    + " layers is not modelled; modelled are groups of one layer, no more than layers");
        }
        long positions = config.size("max_position_embeddings");
        long offset = this == ROBERTA || this == MPNET ? config.row("pad_token_id", 1) + 1 : 0;
        if (positions <= offset) {
            throw new UserError(config.origin() + ": max_position_embeddings " + positions
                    + " leaves no position after pad_token_id " + (offset - 1) + "; correct one of them");
        }
        boolean narrow = this == ALBERT || this == ELECTRA;
        long embedding = narrow ? config.size("embedding_size", hidden) : hidden;
        long tokenTypes = distilled || this == MPNET ? 0 : config.size("type_vocab_size", 2);
        return new Encoder(
                this,
                new EncoderSizes(
                        config.size("vocab_size"),
                        embedding,
                        hidden,
                        layers,
                        groups,
                        heads,
                        config.size(distilled ? "hidden_dim" : "intermediate_size"),
                        positions,
                        offset,
                        tokenTypes,
                        this == MPNET ? config.size("relative_attention_num_buckets", MPNET_BUCKETS) : 0,
                        this == LAYOUTLM ? config.size("max_2d_position_embeddings", LAYOUTLM_PLACES) : 0,
                        config.labels(),
                        OutputTable.of(config, true),
                        Blocks.function(config, distilled ? "activation" : "hidden_act", defaultActivation())));
    }

    private String defaultActivation() {
        return this == ALBERT ? "gelu_new" : "gelu";
    }
}
