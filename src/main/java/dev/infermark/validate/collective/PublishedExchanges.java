package dev.infermark.validate.collective;

import dev.infermark.hardware.Catalog;
import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.collective.CollectiveGroup;
import dev.infermark.simulate.collective.CollectiveModel;
import dev.infermark.simulate.collective.CollectiveModel.Exchange;
import dev.infermark.simulate.collective.CollectiveOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The vendor's runs of {@code nccom-test}, each size beside the model of its release. */
public final class PublishedExchanges {

    private PublishedExchanges() {}

    /**
     * A published run.
     *
     * @param name its date
     * @param source where it was published, and how far it can be read
     * @param sdk a release of that date
     * @param instance where it is taken to have run; none is stated
     * @param operation what was exchanged
     * @param type type of the elements as published, empty where it is not stated
     * @param ranks cores
     * @param timings sizes and times
     */
    public record Run(
            String name,
            String source,
            String sdk,
            String instance,
            String operation,
            String type,
            int ranks,
            List<Timing> timings) {

        /** Copies the list. */
        public Run {
            timings = List.copyOf(timings);
        }

        private Stream<Answer> answers(Catalog catalog) {
            CollectiveModel model = new CollectiveModel(
                    new CollectiveGroup(catalog.instance(instance), ranks), SdkVersion.parse(sdk));
            CollectiveOperation asked = CollectiveOperation.named(operation);
            return timings.stream().map(timing -> new Answer(this, timing, model.exchange(asked, timing.bytes())));
        }
    }

    /**
     * A published time.
     *
     * @param bytes size of the tensor
     * @param micros microseconds of one operation
     */
    public record Timing(long bytes, double micros) {}

    /**
     * A published time beside the modelled one.
     *
     * @param run the run that it is of
     * @param published the time as published
     * @param modelled what the model says
     */
    public record Answer(Run run, Timing published, Exchange modelled) {

        /** Modelled over published time, minus one. */
        public double error() {
            return 1e6 * modelled.seconds() / published.micros() - 1;
        }
    }

    /** All published times in order. */
    public static List<Answer> take(Catalog catalog) {
        return runs().stream().flatMap(run -> run.answers(catalog)).toList();
    }

    private static List<Run> runs() {
        try (var in = Objects.requireNonNull(
                PublishedExchanges.class.getResourceAsStream("published-exchanges.json"))) {
            return JsonMapper.shared().readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
