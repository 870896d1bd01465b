package dev.infermark.deploy.generate;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.graph.Parallelism.Norms;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.GroupSharing;
import dev.infermark.lower.shard.TransformerShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** Finds the changes that let a network fit, each checked; the smallest first. */
public final class GenerationAdvice {
    private GenerationAdvice() {}

    /**
     * What is asked to fit.
     *
     * @param shape the network
     * @param instance where
     * @param sharing how a group of cores shares it
     * @param runtime library
     * @param storage of the weights
     * @param request batch and lengths
     */
    public record Question(
            TransformerShape shape,
            Instance instance,
            GroupSharing sharing,
            GenerationRuntime runtime,
            WeightStorage storage,
            GenerationRequest request) {

        /** Refuses groups of experts where the library shares each expert among all cores. */
        public Question {
            if (sharing.expertGroups() > 1 && !runtime.sendsTokensToAllExperts()) {
                throw new UserError(runtime.label() + " shares each expert among all cores; leave out"
                        + " --expert-parallel, or add --runtime " + GenerationRuntime.NEURONX_DISTRIBUTED.label());
            }
        }

        /** A question about a network whose matrices are all shared by all cores of a group. */
        public Question(
                TransformerShape shape,
                Instance instance,
                int degree,
                GenerationRuntime runtime,
                WeightStorage storage,
                GenerationRequest request) {
            this(shape, instance, GroupSharing.of(degree), runtime, storage, request);
        }

        /** Cores of a group. */
        public int degree() {
            return sharing.degree();
        }

        /** Parts of a group among which experts are divided; 1 where all its cores share each. */
        public int expertGroups() {
            return sharing.expertGroups();
        }

        /** Whether norms and residuals of prompts are divided by tokens. */
        public boolean hasNormsByTokens() {
            return sharing.norms() == Norms.SEQUENCE_PARALLEL;
        }

        /** Refuses chips for which no library shares a network among cores. */
        public void requireLibrary() {
            if (instance.chip().collectives().isEmpty()) {
                throw new Refusal("text generation is not modelled on " + instance.chip().title()
                        + ", whose libraries do not share a network among cores; use Inf2 or Trn1, or leave out the"
                        + " lengths for one call");
            }
        }

        /** What it takes. */
        public GroupMemory memory() {
            return GroupMemory.of(shape, sharing, instance, runtime, storage, request);
        }

        /** The degrees of tensor parallelism on an instance that the experts' groups divide. */
        private Stream<Integer> degrees(Instance on) {
            return Degrees.of(on, shape).stream().filter(each -> each % sharing.expertGroups() == 0);
        }

        private Question withDegree(int other) {
            return new Question(shape, instance, sharing.withDegree(other), runtime, storage, request);
        }

        private Question withRequest(GenerationRequest other) {
            return new Question(shape, instance, sharing, runtime, storage, other);
        }

        private Question withStorage(WeightStorage other) {
            return new Question(shape, instance, sharing, runtime, other, request);
        }

        private Stream<Question> on(Instance other) {
            return degrees(other)
                    .max(Comparator.naturalOrder())
                    .map(most -> new Question(shape, other, sharing.withDegree(most), runtime, storage, request))
                    .stream();
        }

        private boolean fits() {
            return memory().fits();
        }
    }

    /** The changes that suffice alone, as options of the command line; empty when none does. */
    public static List<String> changes(Question question, Catalog catalog, PriceBook prices) {
        List<String> found = new ArrayList<>();
        question.degrees(question.instance())
                .filter(degree -> degree > question.degree())
                .filter(degree -> question.withDegree(degree).fits())
                .findFirst()
                .ifPresent(degree -> found.add("--tensor-parallel " + degree));
        GenerationRequest request = question.request();
        largest(request.batch() - 1, batch -> question.withRequest(request.withBatch(batch)).fits())
                .ifPresent(batch -> found.add("--batch " + batch));
        long asked = request.inputTokens() + request.outputTokens();
        if (request.compiledTokens() > asked
                && question.withRequest(lengths(request, request.inputTokens(), request.outputTokens())).fits()) {
            largest(
                            request.compiledTokens() - 1,
                            tokens -> tokens <= asked
                                    || question.withRequest(request.withCompiledTokens(tokens)).fits())
                    .ifPresent(tokens -> found.add("--compiled-length " + tokens));
        } else {
            largest(request.inputTokens() - 1, tokens -> question.withRequest(
                            lengths(request, tokens, request.outputTokens())).fits())
                    .ifPresent(tokens -> found.add("--input-length " + tokens));
            largest(request.outputTokens() - 1, tokens -> question.withRequest(
                            lengths(request, request.inputTokens(), tokens)).fits())
                    .ifPresent(tokens -> found.add("--output-length " + tokens));
        }
        if (question.storage() == WeightStorage.BF16
                && question.withStorage(WeightStorage.INT8).fits()) {
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
                .flatMap(question::on)
                .filter(Question::fits)
                .min(Comparator.comparingDouble(
                        other -> prices.price(other.instance().name()).dollarsPerHour()));
    }

    /** Other lengths, with room for no more than them. */
    private static GenerationRequest lengths(GenerationRequest request, long input, long output) {
        return new GenerationRequest(
                request.batch(), request.active(), input, output, input + output, request.copies());
    }

    /** The largest number up to a bound for which a falling condition holds. */
    private static Optional<Long> largest(long most, LongPredicate fits) {
        if (most < 1 || !fits.test(1)) {
            return Optional.empty();
        }
        long good = 1;
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
