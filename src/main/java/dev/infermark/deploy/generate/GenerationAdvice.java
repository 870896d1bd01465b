package dev.infermark.deploy.generate;

import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.TransformerShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Finds the changes that let a network fit, each checked; the smallest first. */
public final class GenerationAdvice {
    private GenerationAdvice() {}

    /**
     * What is asked to fit.
     *
     * @param shape the network
     * @param instance where
     * @param degree cores of a group
     * @param runtime library
     * @param storage of the weights
     * @param request batch and lengths
     */
    public record Question(
            TransformerShape shape,
            Instance instance,
            int degree,
            GenerationRuntime runtime,
            WeightStorage storage,
            GenerationRequest request) {

        /** What it takes. */
        public GroupMemory memory() {
            return GroupMemory.of(shape, degree, instance, runtime, storage, request);
        }

        private Question withDegree(int other) {
            return new Question(shape, instance, other, runtime, storage, request);
        }

        private Question withRequest(GenerationRequest other) {
            return new Question(shape, instance, degree, runtime, storage, other);
        }

        private Question on(Instance other) {
            int most = Degrees.of(other, shape).getLast();
            return new Question(shape, other, most, runtime, storage, request);
        }

        private boolean fits() {
            return memory().fits();
        }
    }

    /** The changes that suffice alone, as options of the command line; empty when none does. */
    public static List<String> changes(Question question, Catalog catalog, PriceBook prices) {
        List<String> found = new ArrayList<>();
        Degrees.of(question.instance(), question.shape()).stream()
                .filter(degree -> degree > question.degree())
                .filter(degree -> question.withDegree(degree).fits())
                .findFirst()
                .ifPresent(degree -> found.add("--tensor-parallel " + degree));
        GenerationRequest request = question.request();
        largest(request.batch() - 1, batch -> question.withRequest(request.withBatch(batch)).fits())
                .ifPresent(batch -> found.add("--batch " + batch));
        long least = 2;
        largest(request.compiledTokens() - 1, tokens -> tokens >= least
                        && question.withRequest(shortened(request, tokens)).fits())
                .ifPresent(tokens -> found.add("--compiled-length " + tokens));
        if (question.storage() == WeightStorage.BF16
                && new Question(
                                question.shape(),
                                question.instance(),
                                question.degree(),
                                question.runtime(),
                                WeightStorage.INT8,
                                request)
                        .fits()) {
            found.add("--weight-type int8");
        }
        larger(question, catalog, prices).ifPresent(other -> found.add(
                "--instance " + other.instance().name() + " --tensor-parallel " + other.degree()));
        return found;
    }

    private static Optional<Question> larger(Question question, Catalog catalog, PriceBook prices) {
        return catalog.instances().stream()
                .filter(other -> other.chip().collectives().isPresent())
                .filter(other -> !other.name().equals(question.instance().name()))
                .filter(other -> prices.prices().stream().anyMatch(price -> price.instance().equals(other.name())))
                .map(question::on)
                .filter(Question::fits)
                .min(Comparator.comparingDouble(
                        other -> prices.price(other.instance().name()).dollarsPerHour()));
    }

    private static GenerationRequest shortened(GenerationRequest request, long tokens) {
        long output = Math.min(request.outputTokens(), Math.max(1, tokens / 2));
        long input = Math.min(request.inputTokens(), tokens - output);
        return new GenerationRequest(request.batch(), request.active(), input, output, tokens, request.copies());
    }

    /** The largest number up to a bound for which a falling condition holds. */
    private static Optional<Long> largest(long most, LongPredicate fits) {
        if (most < 1 || !(fits.test(1) || fits.test(2))) {
            return Optional.empty();
        }
        long good = fits.test(1) ? 1 : 2;
        long bad = most + 1;
        while (bad - good > 1) {
            long middle = good + (bad - good) / 2;
            if (fits.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return Optional.of(good);
    }
}
