package dev.infermark.reader.builtin;

import dev.infermark.base.EditDistance;
import dev.infermark.base.Refusal;
import dev.infermark.reader.huggingface.HuggingFaceModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The built-in models: transformers by the keys of their published configs and models that cannot be built with the
 * reason, both from the resource {@code catalogue.json}, and convolutional networks.
 *
 * <p>Decoders have {@code use_cache} off, unlike the framework's default: AWS's benchmarks return the hidden state or
 * the scores alone, and its serving runtimes keep keys and values on the device.
 */
public final class Catalogue {
    /** Distances take time in the product of two lengths. */
    private static final int LONGEST_NAME = 200;

    private static final Catalogue SHARED = load();

    private final List<BuiltInModel> models;
    private final Map<String, BuiltInModel> byName = new LinkedHashMap<>();
    private final Map<String, String> refusals;

    private Catalogue(List<BuiltInModel> models, Map<String, String> refusals) {
        this.models = List.copyOf(models);
        this.refusals = refusals;
        for (BuiltInModel model : models) {
            Stream.concat(Stream.of(model.name()), model.aliases().stream()).forEach(name -> {
                if (byName.put(key(name), model) != null || refusals.containsKey(key(name))) {
                    throw new IllegalStateException("the catalogue has two models called " + name);
                }
            });
        }
    }

    /** The models by names of which many spellings are one, for those who know none of the catalogue's own. */
    private static final class BySpelling {
        private static final Map<ModelName, BuiltInModel> MODELS = new HashMap<>();
        private static final Map<ModelName, String> REFUSALS = new HashMap<>();

        static {
            SHARED.refusals.forEach((name, reason) -> REFUSALS.put(ModelName.of(name), reason));
            SHARED.byName.forEach((name, model) -> {
                BuiltInModel other = MODELS.put(ModelName.of(name), model);
                if (other != null && !other.equals(model)) {
                    throw new IllegalStateException("the catalogue has two models that are spelled like " + name);
                }
            });
        }
    }

    /** The catalogue that comes with the program. */
    public static Catalogue shared() {
        return SHARED;
    }

    /** All models, in the order of the catalogue. */
    public List<BuiltInModel> models() {
        return models;
    }

    /**
     * The model of this name or alias, in any case, else of one that is spelled otherwise; empty when there is none.
     *
     * @throws Refusal when the model is known but cannot be built, with the reason
     */
    public Optional<BuiltInModel> find(String name) {
        String refusal = refusals.get(key(name));
        BuiltInModel model = byName.get(key(name));
        if (refusal == null && model == null && name.length() <= LONGEST_NAME) {
            refusal = BySpelling.REFUSALS.get(ModelName.of(name));
            model = BySpelling.MODELS.get(ModelName.of(name));
        }
        if (refusal != null) {
            throw new Refusal(name + " cannot be predicted: " + refusal);
        }
        return Optional.ofNullable(model);
    }

    /** The known names that differ least from an unknown one, nearest first; none for one that is far longer. */
    public List<String> nearest(String name, int count) {
        if (name.length() > LONGEST_NAME) {
            return List.of();
        }
        return byName.keySet().stream()
                .sorted(Comparator.comparingInt(known -> EditDistance.between(key(name), known)))
                .limit(count)
                .toList();
    }

    private static Catalogue load() {
        JsonNode root = read("catalogue.json");
        List<BuiltInModel> models = Stream.concat(
                        root.get("transformers").values().stream().map(Catalogue::transformer),
                        ConvolutionalNetworks.all().stream())
                .toList();
        Map<String, String> refusals = new LinkedHashMap<>();
        for (JsonNode refused : root.get("refused").values()) {
            texts(refused.get("names")).forEach(name -> refusals.put(key(name), text(refused, "reason")));
        }
        return new Catalogue(models, refusals);
    }

    private static BuiltInModel transformer(JsonNode entry) {
        String name = text(entry, "name");
        HuggingFaceModel model = HuggingFaceModel.of(name, entry.get("config"));
        return new BuiltInModel(name, texts(entry.get("aliases")), model.family(), text(entry, "source"), model);
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(resource), resource)) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode object, String key) {
        return object.get(key).stringValue();
    }

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::stringValue).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
