package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.reader.huggingface.Decoder.OutputTable;

/**
 * The sizes of an encoder.
 *
 * @param vocabulary rows of the word embedding
 * @param embedding width of the embeddings
 * @param hidden width of the layers
 * @param layers number of layers
 * @param groups sets of weights that the layers take in turn; as many as layers where none are shared
 * @param heads attention heads per layer
 * @param intermediate width inside the feed-forward part
 * @param positions rows of the position embedding
 * @param positionOffset rows of it that no token uses
 * @param tokenTypes rows of the token type embedding; 0 where there is none
 * @param buckets relative distances that are told apart; 0 where only places count
 * @param pagePlaces rows of each table of places on a page; 0 where there is no page
 * @param labels classes of a classifier
 * @param output where the scores of words come from
 * @param activation function inside the feed-forward part
 */
record EncoderSizes(
        long vocabulary,
        long embedding,
        long hidden,
        int layers,
        int groups,
        long heads,
        long intermediate,
        long positions,
        long positionOffset,
        long tokenTypes,
        long buckets,
        long pagePlaces,
        long labels,
        OutputTable output,
        Function activation) {}
