package dev.infermark.plan.sweep;

import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.deploy.generate.WeightStorage;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Rows about networks that generate text, with as many copies as an instance has cores for. */
public final class GenerationRows implements Rows {
    private static final long DEFAULT_INPUT = 128;

    private final Catalog catalog;
    private final PriceBook book;
    private final GenerationQuoter quoter;
    private final Map<String, TextModel> models = new ConcurrentHashMap<>();

    /** Rows by these prices and parameters. */
    public GenerationRows(Catalog catalog, PriceBook book, GenerationQuoter quoter) {
        this.catalog = catalog;
        this.book = book;
        this.quoter = quoter;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.whole("degree"),
                Column.whole("data_parallel_size"),
                Column.real("median_ttft_ms"),
                Column.real("median_tpot_ms"),
                Column.real("median_e2el_ms"),
                Column.real("output_throughput"),
                Column.real("cost_per_1m_output_tokens"),
                Column.text("bound_by"));
    }

    @Override
    public List<Object> values(Grid.Point point) {
        for (String name : List.of("sequence_length", "auto_cast", "n_models", "workers_per_model")) {
            if (point.get(name).isPresent()) {
                throw new UserError("'" + name + "' is not for text generation; take it out of the grid");
            }
        }
        Instance instance = catalog.instance(point.get("instance_type").orElse("inf2.48xlarge"));
        SdkVersion sdk = point.get("sdk").map(SdkVersion::parse).orElse(SdkVersion.NEWEST);
        TextModel model = models.computeIfAbsent(
                point.get("model_name").orElseThrow(),
                name -> TextModel.of(Models.find(name), Workload.ofBatch(1)));
        TransformerShape shape = model.shape();
        int degree = point.whole("tensor_parallel_size")
                .map(Math::toIntExact)
                .orElseGet(() -> Degrees.of(instance, shape).getLast());
        OptionalLong asked = point.whole("input_length").map(OptionalLong::of).orElse(OptionalLong.empty());
        GenerationRequest request = GenerationRequest.of(
                point.whole("batch_size").orElse(1L),
                model.inputTokens(asked, DEFAULT_INPUT),
                point.whole("output_length")
                        .orElseThrow(() -> new UserError(
                                "how many tokens are generated? put 'output_length' into the grid")));
        model.requireRoom(request);
        GenerationQuote quote = quoter.quote(
                new Question(
                        shape,
                        instance,
                        degree,
                        GenerationRuntime.of(sdk, shape),
                        WeightStorage.BF16,
                        request),
                sdk);
        GenerationPrediction prediction = quote.prediction();
        return List.of(
                (long) degree,
                (long) quote.copies(),
                1e3 * prediction.timeToFirstToken(),
                1e3 * prediction.timePerToken(),
                1e3 * prediction.endToEnd(),
                prediction.outputTokensPerSecond(),
                quote.dollarsPerMillionTokens(book.price(instance.name()).dollarsPerHour()),
                prediction.medianStep().largest().label());
    }
}
