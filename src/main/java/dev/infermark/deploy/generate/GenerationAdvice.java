package dev.infermark.deploy.generate;

import dev.infermark.base.Bisection;
import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.graph.Parallelism.Norms;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.GroupSharing;
import dev.infermark.lower.shard.TransformerShape;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the changes that let a network fit, each checked.
 *
 * @param question what does not fit
 * @param room where the length of the cache comes from
 * @param catalog instances to try
 * @param prices what they cost; those without a price are not tried
 */
public record GenerationAdvice(Question question, CacheRoom room, Catalog catalog, PriceBook prices) {
    private static final int MOST = 5;

    /** Where the length comes from that a cache has room for. */
    public enum CacheRoom {
        /** It is the sum of input and output, and shrinks with them. */
        FOLLOWS_LENGTHS,
        /** It was asked for, and stays unless it is changed too. */
        GIVEN
    }

    /** Options of the command line, and the question that they make of one. */
    private record Change(String options, Question then) {
        Change and(Change next) {
            return new Change(options + ' ' + next.options, next.then);
        }

        boolean isApartFrom(Change other) {
            return Collections.disjoint(names(), other.names());
        }

        Set<String> names() {
            return Arrays.stream(options.split(" ")).filter(word -> word.startsWith("--")).collect(Collectors.toSet());
        }

        boolean fits() {
            return then.memory().fits();
        }
    }

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

        private Question withRuntime(GenerationRuntime other) {
            return new Question(shape, instance, sharing, other, storage, request);
        }

        private Stream<Question> on(Instance other) {
            return degrees(other)
                    .max(Comparator.naturalOrder())
                    .map(most -> new Question(shape, other, sharing.withDegree(most), runtime, storage, request))
                    .stream();
        }
    }

    /** The changes that suffice alone, or else each two that do together, as options of the command line. */
    public List<String> changes() {
        List<Change> alone = sufficient(question).toList();
        return (alone.isEmpty() ? pairs() : alone.stream()).map(Change::options).toList();
    }

    private Stream<Change> pairs() {
        Set<Set<String>> seen = new HashSet<>();
        return Stream.of(storages(question), runtimes(question), degrees(question), instances(question))
                .flatMap(firsts -> firsts)
                .flatMap(first -> sufficient(first.then()).filter(first::isApartFrom).map(first::and))
                .filter(pair -> seen.add(pair.names()))
                .limit(MOST);
    }

    /** The smallest sufficient change of each kind. */
    private Stream<Change> sufficient(Question asked) {
        List<Change> compiled = compiledLengths(asked).toList();
        Stream<Change> lengths = compiled.isEmpty() ? Stream.concat(inputs(asked), outputs(asked)) : compiled.stream();
        return Stream.of(
                        smallest(degrees(asked)),
                        smallest(runtimes(asked)),
                        smallest(storages(asked)),
                        batches(asked),
                        lengths,
                        smallest(instances(asked)))
                .flatMap(changes -> changes);
    }

    private static Stream<Change> smallest(Stream<Change> changes) {
        return changes.filter(Change::fits).limit(1);
    }

    private static Stream<Change> degrees(Question asked) {
        return asked.degrees(asked.instance())
                .filter(degree -> degree > asked.degree())
                .map(degree -> new Change("--tensor-parallel " + degree, asked.withDegree(degree)));
    }

    /** Other libraries, but where experts are in groups only those that can have them. */
    private static Stream<Change> runtimes(Question asked) {
        return Arrays.stream(GenerationRuntime.values())
                .filter(other -> other != asked.runtime())
                .filter(other -> asked.expertGroups() == 1 || other.sendsTokensToAllExperts())
                .map(other -> new Change("--runtime " + other.label(), asked.withRuntime(other)));
    }

    private static Stream<Change> storages(Question asked) {
        return asked.storage() == WeightStorage.INT8
                ? Stream.empty()
                : Stream.of(new Change("--weight-type int8", asked.withStorage(WeightStorage.INT8)));
    }

    private static Stream<Change> batches(Question asked) {
        GenerationRequest request = asked.request();
        return largest(1, request.batch() - 1, batch -> new Change(
                "--batch " + batch, asked.withRequest(request.withBatch(batch))));
    }

    private static Stream<Change> compiledLengths(Question asked) {
        GenerationRequest request = asked.request();
        return largest(
                request.inputTokens() + request.outputTokens(),
                request.compiledTokens() - 1,
                tokens -> new Change(
                        "--compiled-length " + tokens, asked.withRequest(request.withCompiledTokens(tokens))));
    }

    private Stream<Change> inputs(Question asked) {
        long output = asked.request().outputTokens();
        return largest(1, asked.request().inputTokens() - 1, tokens -> new Change(
                "--input-length " + tokens + compiled(tokens + output), lengths(asked, tokens, output)));
    }

    private Stream<Change> outputs(Question asked) {
        long input = asked.request().inputTokens();
        return largest(1, asked.request().outputTokens() - 1, tokens -> new Change(
                "--output-length " + tokens + compiled(input + tokens), lengths(asked, input, tokens)));
    }

    private String compiled(long tokens) {
        return room == CacheRoom.GIVEN ? " --compiled-length " + tokens : "";
    }

    /** Other lengths, with room for no more than them. */
    private static Question lengths(Question asked, long input, long output) {
        GenerationRequest request = asked.request();
        return asked.withRequest(new GenerationRequest(
                request.batch(), request.active(), input, output, input + output, request.copies()));
    }

    /** Other instances with all cores that the network can use, cheap ones first. */
    private Stream<Change> instances(Question asked) {
        return catalog.instances().stream()
                .filter(other -> other.chip().collectives().isPresent() && prices.has(other.name()))
                .filter(other -> !other.name().equals(asked.instance().name()))
                .sorted(Comparator.comparingDouble(other -> prices.price(other.name()).dollarsPerHour()))
                .flatMap(asked::on)
                .map(then -> new Change(
                        "--instance " + then.instance().name() + " --tensor-parallel " + then.degree(), then));
    }

    /** The change to the largest number between two bounds that fits; smaller ones take no more. */
    private static Stream<Change> largest(long least, long most, LongFunction<Change> changes) {
        if (most < least || !changes.apply(least).fits()) {
            return Stream.empty();
        }
        return Stream.of(changes.apply(
                Bisection.first(least + 1, most + 1, number -> !changes.apply(number).fits()) - 1));
    }
}
