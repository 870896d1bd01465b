package dev.infermark.hardware;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads hardware files on top of a catalog.
 *
 * <p>A file is a JSON object with any of {@code cores}, {@code chips}, {@code instances} and {@code priceBooks}
 * (objects by name) and {@code comparisons} (a list). A core, chip or instance may name another in {@code extends}: it
 * then takes everything from there that it does not give itself, down to single figures.
 */
final class CatalogReader {
    private static final List<String> BUILT_IN = List.of(
            "neuroncore-v1.json",
            "neuroncore-v2.json",
            "inferentia1.json",
            "inferentia2.json",
            "trainium1.json",
            "instances.json",
            "comparisons.json");
    private static final String PRICES = "prices.csv";
    private static final Set<String> SECTIONS =
            Set.of("cores", "chips", "instances", "priceBooks", "comparisons");

    /** What a file may have, for messages. */
    static final String KNOWN = "any of cores, chips, instances, priceBooks and comparisons";

    private static final String CORES = "cores.";
    private static final String CHIPS = "chips.";
    private static final String INSTANCES = "instances.";

    private final HardwareJson json;
    private final ObjectNode root;
    private final List<NeuronCore> cores;
    private final List<Chip> chips;
    private final List<Instance> instances;
    private final List<PriceBook> priceBooks;
    private final List<Comparison> comparisons;

    /** What describes a core, chip or instance as a whole, by its path, where it is known; others extend it. */
    private final Map<String, ObjectNode> trees = new HashMap<>();

    private CatalogReader(Catalog catalog, HardwareJson json, ObjectNode root) {
        this.cores = new ArrayList<>(catalog.cores());
        this.chips = new ArrayList<>(catalog.chips());
        this.instances = new ArrayList<>(catalog.instances());
        this.priceBooks = new ArrayList<>(catalog.priceBooks());
        this.comparisons = new ArrayList<>(catalog.comparisons());
        this.json = json;
        this.root = root;
        json.refuseOtherKeys(root, SECTIONS);
    }

    static Catalog readBuiltIn() {
        HardwareJson json = new HardwareJson("the built-in hardware");
        ObjectNode root = json.parse("{}");
        BUILT_IN.forEach(file -> merge(root, new HardwareJson(file).parse(resource(file))));
        Catalog nothing = new Catalog(List.of(), List.of(), List.of(), List.of(), List.of());
        CatalogReader reader = new CatalogReader(nothing, json, root);
        reader.priceBooks.addAll(PriceFile.books(PRICES, resource(PRICES)));
        return reader.read();
    }

    static Catalog read(Catalog catalog, String file, String text) {
        HardwareJson json = new HardwareJson(file);
        try {
            ObjectNode root = json.parse(text);
            if (root.isEmpty()) {
                throw new UserError("describes nothing; give " + KNOWN);
            }
            return new CatalogReader(catalog, json, root).read();
        } catch (UserError e) {
            throw json.located(e);
        }
    }

    private static String resource(String file) {
        try (InputStream in = CatalogReader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the hardware file " + file + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Catalog read() {
        section("cores").forEach(this::addCore);
        section("chips").forEach(this::addChip);
        section("instances").forEach(this::addInstance);
        section("priceBooks").forEach(this::addPriceBook);
        comparisons.addAll(json.bindList("comparisons", root.path("comparisons"), Comparison.class));
        return new Catalog(cores, chips, instances, priceBooks, comparisons);
    }

    private Map<String, JsonNode> section(String name) {
        return json.children(name, root.path(name));
    }

    private void addCore(String name, JsonNode node) {
        String path = CORES + name;
        ObjectNode tree = extended(path, node, this::coreTree).put("name", name);
        trees.put(path, tree);
        cores.add(json.bind(path, tree, NeuronCore.class));
    }

    private void addChip(String name, JsonNode node) {
        String path = CHIPS + name;
        ObjectNode given = json.object(path, node);
        ObjectNode tree = extended(path, given, this::chipTree).put("name", name);
        if (!given.has("announcement")) {
            // What was printed about one chip was not printed about those that extend it.
            tree.remove("announcement");
        }
        JsonNode core = given.path("core");
        if (core.isString()) {
            ObjectNode shared = tree.deepCopy().putPOJO("core", core(core.stringValue()));
            trees.put(path, tree.set("core", coreTree(core.stringValue())));
            chips.add(json.bind(path, shared, Chip.class));
            return;
        }
        if (core.has("extends")) {
            tree.set("core", extended(path + ".core", core, this::coreTree));
        }
        if (core.isObject() && tree.path("core") instanceof ObjectNode changed) {
            changed.put("name", name + "-core");
        }
        trees.put(path, tree);
        chips.add(json.bind(path, sharing(tree, "core", cores, NeuronCore::name, this::coreTree), Chip.class));
    }

    private void addInstance(String name, JsonNode node) {
        String path = INSTANCES + name;
        ObjectNode tree = extended(path, node, this::instanceTree).put("name", name);
        JsonNode chip = tree.path("chip");
        if (chip.isString()) {
            instances.add(json.bind(path, tree.putPOJO("chip", chip(chip.stringValue())), Instance.class));
            return;
        }
        trees.put(path, tree);
        instances.add(json.bind(path, sharing(tree, "chip", chips, Chip::name, this::chipTree), Instance.class));
    }

    /** The tree with the known part itself in place of one that describes it, so that it is read and held once. */
    private static <T> ObjectNode sharing(
            ObjectNode tree,
            String key,
            List<T> known,
            Function<T, String> nameOf,
            Function<String, ObjectNode> trees) {
        JsonNode part = tree.path(key);
        ObjectNode shared = JsonNodeFactory.instance.objectNode().setAll(tree);
        known.stream()
                .filter(candidate -> trees.apply(nameOf.apply(candidate)).equals(part))
                .findFirst()
                .ifPresent(candidate -> shared.putPOJO(key, candidate));
        return shared;
    }

    private void addPriceBook(String name, JsonNode node) {
        String path = "priceBooks." + name;
        PriceBook book = json.bind(path, json.object(path, node).put("name", name), PriceBook.class);
        for (int i = 0; i < priceBooks.size(); i++) {
            if (priceBooks.get(i).name().equalsIgnoreCase(name)) {
                priceBooks.set(i, priceBooks.get(i).with(book));
                return;
            }
        }
        priceBooks.add(book);
    }

    private NeuronCore core(String name) {
        return Names.find("core", name, cores, NeuronCore::name);
    }

    private Chip chip(String name) {
        return Names.find("chip", name, chips, Chip::name);
    }

    private ObjectNode coreTree(String name) {
        return tree(CORES, core(name), NeuronCore::name);
    }

    private ObjectNode chipTree(String name) {
        return tree(CHIPS, chip(name), Chip::name);
    }

    private ObjectNode instanceTree(String name) {
        return tree(INSTANCES, Names.find("instance", name, instances, Instance::name), Instance::name);
    }

    private <T extends Record> ObjectNode tree(String section, T known, Function<T, String> nameOf) {
        return trees.computeIfAbsent(section + nameOf.apply(known), _ -> json.tree(known)).deepCopy();
    }

    private ObjectNode extended(String path, JsonNode node, Function<String, ObjectNode> parents) {
        ObjectNode given = json.object(path, node).deepCopy();
        JsonNode parent = given.remove("extends");
        if (parent == null) {
            return given;
        }
        if (!parent.isString()) {
            throw json.refuse(path + ".extends", "must be a name in quotes");
        }
        ObjectNode merged = parents.apply(parent.stringValue());
        merge(merged, given);
        return merged;
    }

    /** Puts what is given over what is there; a figure replaces a figure as a whole, with its own unit and source. */
    private static void merge(ObjectNode there, ObjectNode given) {
        given.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode deeper
                    && there.get(entry.getKey()) instanceof ObjectNode known
                    && !known.has("value")) {
                merge(known, deeper);
            } else {
                there.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
