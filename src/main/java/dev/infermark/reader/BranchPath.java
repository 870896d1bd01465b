package dev.infermark.reader;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One way through the conditionals of a network, and the network that runs on it.
 *
 * @param taken the branch of each conditional on the way, by its name
 * @param probability of this way; conditionals are taken to be independent of each other
 * @param graph the network
 */
public record BranchPath(Map<String, Branch> taken, double probability, Graph graph) {
    /**
     * One of the branches of a conditional.
     *
     * @param index from 0
     * @param count branches that it has
     */
    public record Branch(int index, int count) {
        /** What people call it: then or else, or its number from 1 where there are more than two. */
        public String words() {
            return count > 2 ? "branch " + (index + 1) + " of " + count : index == 0 ? "then" : "else";
        }
    }

    /** As many ways as ten conditionals of two branches have. */
    private static final int MOST = 1024;

    /**
     * All ways through a model; of a conditional inside a branch only where that branch is taken.
     *
     * @throws UserError where a conditional has no probability, a name is of none, or there are too many ways
     */
    public static List<BranchPath> of(ModelSource model, Workload workload, BranchProbabilities probabilities) {
        List<BranchPath> paths = new ArrayList<>();
        Set<String> met = new TreeSet<>();
        follow(model, workload, probabilities, new LinkedHashMap<>(), 1, paths, met);
        if (met.isEmpty()) {
            throw new UserError(model.name() + " has no conditional whose branch is open; leave out"
                    + " --branch-probability");
        }
        Set<String> strays = probabilities.without(met);
        if (!strays.isEmpty()) {
            throw new UserError(model.name() + " has no conditional " + strays.iterator().next() + "; it has "
                    + String.join(", ", met));
        }
        return paths;
    }

    /** The branches in words, such as {@code deeper: then}. */
    public String words() {
        return taken.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue().words())
                .collect(Collectors.joining("; "));
    }

    private static void follow(
            ModelSource model,
            Workload workload,
            BranchProbabilities probabilities,
            Map<String, Branch> taken,
            double probability,
            List<BranchPath> paths,
            Set<String> met) {
        if (paths.size() >= MOST) {
            throw new Refusal(model.name() + " has more than " + MOST + " ways through its conditionals; cut it by"
                    + " --output, or export it with fewer");
        }
        Map<String, Integer> indices = new LinkedHashMap<>();
        taken.forEach((name, branch) -> indices.put(name, branch.index()));
        Graph graph = model.graph(workload.withChoices(workload.choices().taking(indices)));
        Optional<Node> open = graph.nodes().stream()
                .filter(node -> branches(node) > 0)
                .findFirst();
        if (open.isEmpty()) {
            paths.add(new BranchPath(Collections.unmodifiableMap(taken), probability, graph));
            return;
        }
        String name = open.get().name();
        if (taken.containsKey(name)) {
            throw new Refusal(model.name() + ": the branches of conditional " + name
                    + " cannot be chosen; cut the graph after it by --input");
        }
        met.add(name);
        List<Double> each = probabilities.of(name, branches(open.get()));
        for (int branch = 0; branch < each.size(); branch++) {
            Map<String, Branch> further = new LinkedHashMap<>(taken);
            further.put(name, new Branch(branch, each.size()));
            follow(model, workload, probabilities, further, probability * each.get(branch), paths, met);
        }
    }

    private static int branches(Node node) {
        return node.operator() instanceof Custom custom ? custom.branches().orElse(0) : 0;
    }
}
