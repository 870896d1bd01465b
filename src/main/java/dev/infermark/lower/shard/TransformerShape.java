package dev.infermark.lower.shard;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/**
 * What a transformer consists of as far as cores can share it, found in its graph, whatever file the graph was read
 * from. Equal layers that follow each other are kept once.
 *
 * @param name the network
 * @param encoder layers that run once for all tokens; none in a decoder-only network
 * @param decoder layers that run for every token
 * @param vocabulary words that the head scores, 0 without a head
 * @param hidden width of the last hidden state, in elements
 * @param embeddings parameters of tables that are looked up, of norms and biases, which every core holds
 */
public record TransformerShape(
        String name,
        List<Repeated> encoder,
        List<Repeated> decoder,
        long vocabulary,
        long hidden,
        long embeddings) {

    /**
     * Equal layers in a row.
     *
     * @param block one of them
     * @param count how many
     */
    public record Repeated(BlockShape block, int count) {}

    /** Copies the lists. */
    public TransformerShape {
        encoder = List.copyOf(encoder);
        decoder = List.copyOf(decoder);
    }

    /**
     * The shape of a graph.
     *
     * @throws UserError when it has no attention in it that cores could share
     */
    public static TransformerShape of(Graph graph) {
        return new TransformerReader(graph).read();
    }

    /** This shape with these layers for every token. */
    public TransformerShape withDecoder(List<BlockShape> blocks) {
        return new TransformerShape(name, encoder, compressed(blocks), vocabulary, hidden, embeddings);
    }

    /** Whether an encoder runs before the decoder. */
    public boolean hasEncoder() {
        return !encoder.isEmpty();
    }

    /** Whether some layer is a mixture of experts. */
    public boolean hasExperts() {
        return decoder.stream().anyMatch(each -> !each.block().experts().isEmpty());
    }

    /** Layers that run for every token. */
    public int layers() {
        return decoder.stream().mapToInt(Repeated::count).sum();
    }

    /** The self-attention of the first layer that runs for every token. */
    public AttentionShape attention() {
        return decoder.getFirst().block().attentions().getFirst();
    }

    static List<Repeated> compressed(List<BlockShape> blocks) {
        List<Repeated> all = new ArrayList<>();
        for (BlockShape block : blocks) {
            boolean isAgain = !all.isEmpty() && all.getLast().block().equals(block);
            int before = isAgain ? all.removeLast().count() : 0;
            all.add(new Repeated(block, before + 1));
        }
        return all;
    }
}
