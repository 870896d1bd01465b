package dev.infermark.reader.rewrite;

import dev.infermark.graph.Graph;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which layer each node of a file belongs to, by the paths that exporters leave in the names of nodes and weights.
 *
 * <p>{@code /encoder/layer.3/attention/self/MatMul} lies in {@code encoder.layer.3}, {@code layer1.0.conv1.weight} in
 * {@code layer1.0}. A node whose name tells nothing lies where the one before it does.
 */
final class LayerNames {
    private static final Pattern SEPARATORS = Pattern.compile("[/.]+");
    private static final Pattern NUMBER = Pattern.compile("\\d+|(layer|layers|block|h|stage)_\\d+");

    private LayerNames() {}

    /** The nodes of a {@link Graph} with their layers. */
    static List<Node> assign(List<Node> nodes) {
        List<Node> named = new ArrayList<>(nodes.size());
        String current = "";
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Optional<String> own = layer(node);
            if (own.isEmpty() && node.operator() instanceof MatMul && i + 1 < nodes.size()) {
                own = layer(nodes.get(i + 1));
            }
            current = own.orElse(current);
            named.add(node.inLayer(current));
        }
        return named;
    }

    private static Optional<String> layer(Node node) {
        Stream<String> weights = node.inputs().stream()
                .filter(input -> input.role() == TensorRole.PARAMETER)
                .map(Tensor::name);
        return Stream.concat(weights, Stream.of(node.name()))
                .filter(name -> !name.contains("::"))
                .map(LayerNames::path)
                .filter(path -> path.size() > 1)
                .map(LayerNames::prefix)
                .filter(prefix -> !prefix.isEmpty())
                .findFirst();
    }

    /** The parts of a name, without what only repeats the part before. */
    private static List<String> path(String name) {
        List<String> parts = new ArrayList<>();
        SEPARATORS.splitAsStream(name)
                .filter(part -> !part.isEmpty())
                .filter(part -> parts.isEmpty() || !parts.getLast().equals(part))
                .forEach(parts::add);
        return parts;
    }

    /** The path up to its first number, or without the operator and the module that holds it. */
    private static String prefix(List<String> path) {
        for (int i = 0; i < path.size() - 1; i++) {
            if (NUMBER.matcher(path.get(i)).matches()) {
                return String.join(".", path.subList(0, i + 1));
            }
        }
        return String.join(".", path.subList(0, Math.max(1, path.size() - 2)));
    }
}
