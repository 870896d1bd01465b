package dev.infermark.plan.sweep;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.Quoter;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Compiler;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkReleases;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Rows about networks that run once for each call. */
public final class EncoderRows implements Rows {
    /** Networks that are kept: rows that follow each other share one, and each thread is at another place. */
    private static final int KEPT = 64;

    private static final List<Column> COLUMNS = List.of(
            Column.text("matmul_type"),
            Column.text("elementwise_type"),
            Column.real("latency_p50_ms"),
            Column.real("throughput_per_s"),
            Column.real("cost_per_million_usd"),
            Column.text("bound_by"));

    private final Catalog catalog;
    private final PriceBook book;
    private final Quoter quoter;
    private final CustomSupport custom;
    private final Map<String, ModelSource> sources = new ConcurrentHashMap<>();
    private final Map<Key, Network> networks = new ConcurrentHashMap<>();
    private final Deque<Key> oldest = new ArrayDeque<>();

    private record Key(String model, Optional<Long> tokens, long batch) {}

    /** Rows by these prices and parameters. */
    public EncoderRows(Catalog catalog, PriceBook book, Quoter quoter, CustomSupport custom) {
        this.catalog = catalog;
        this.book = book;
        this.quoter = quoter;
        this.custom = custom;
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<Object> values(Grid.Point point) {
        Instance instance = catalog.instance(point.get("instance_type").orElse("inf2.xlarge"));
        String model = point.get("model_name").orElseThrow();
        Network network = network(new Key(
                model, point.whole("sequence_length"), point.whole("batch_size").orElse(1L)));
        DataType type = source(model).type();
        Precision precision = Precision.of(
                type,
                point.get("auto_cast")
                        .map(EncoderRows::autoCast)
                        .orElse(Compiler.of(instance.chip().core().generation()).defaultAutoCast()),
                DataType.BF16);
        int cores = point.whole("n_models").map(Math::toIntExact).orElse(instance.coreCount());
        SdkVersion sdk = point.get("sdk")
                .map(text -> SdkReleases.builtIn().require(text, instance.chip()))
                .orElse(SdkVersion.NEWEST);
        Quote quote = quoter.quote(
                network,
                new Deployment(
                        instance,
                        new Parallelism.Replicated(cores),
                        point.whole("workers_per_model").map(Math::toIntExact).orElse(1),
                        sdk),
                precision,
                book);
        return List.of(
                precision.matmul().label(),
                precision.elementwise().label(),
                1e3 * quote.prediction().latencySeconds(),
                quote.prediction().throughput(),
                quote.cost().perMillion(),
                quote.prediction().boundBy());
    }

    private ModelSource source(String model) {
        return sources.computeIfAbsent(model, Models::find);
    }

    private Network network(Key key) {
        Network known = networks.get(key);
        return known == null ? add(key) : known;
    }

    private Network add(Key key) {
        ModelSource source = source(key.model());
        Workload plain = Workload.ofBatch(key.batch()).withType(source.type());
        Workload workload = key.tokens().map(plain::withSequenceLength).orElse(plain);
        Network network = networks.computeIfAbsent(key, _ -> Network.of(source, workload, custom));
        synchronized (oldest) {
            oldest.add(key);
            if (oldest.size() > KEPT) {
                networks.remove(oldest.remove());
            }
        }
        return network;
    }

    private static AutoCast autoCast(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "matmul", "matmult" -> AutoCast.MATMULT;
            case "all" -> AutoCast.ALL;
            case "none" -> AutoCast.NONE;
            default -> throw new UserError("the grid's 'auto_cast' has '" + word + "'; use matmul, all or none");
        };
    }
}
