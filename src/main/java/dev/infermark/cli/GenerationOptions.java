package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.generate.GenerationAdvice.CacheRoom;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.deploy.generate.WeightStorage;
import dev.infermark.graph.Parallelism.Norms;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.Names;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.GroupSharing;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Workload;
import dev.infermark.runtime.continuous.RequestSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of a network that generates text; the same for every command about it. */
final class GenerationOptions {
    private static final long DEFAULT_INPUT = 128;

    @Option(
            names = {"--tensor-parallel", "--tp"},
            paramLabel = "N",
            description = "Cores that share one copy of the network (default: all that it can use).")
    private @Nullable Integer degree;

    @Option(
            names = {"--expert-parallel", "--ep"},
            paramLabel = "N",
            description = "Groups of these cores, each with some experts of a mixture for itself (default: 1).")
    private int expertGroups = 1;

    @Option(
            names = "--sequence-parallel",
            description = "Divide norms and residuals among the cores of a copy by tokens.")
    private boolean isSequenceParallel;

    @Option(
            names = {"--input-length", "--isl"},
            paramLabel = "N",
            description = "Tokens of each prompt (default: 128).")
    private @Nullable Long input;

    @Option(
            names = {"--output-length", "--osl"},
            paramLabel = "N",
            description = "Tokens to generate for each; asks for text generation.")
    private @Nullable Long output;

    @Option(
            names = "--compiled-length",
            paramLabel = "N",
            description = "Tokens of a sequence that the cache has room for (default: input and output).")
    private @Nullable Long compiled;

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description = "transformers-neuronx, optimum-neuron, neuronx-distributed-inference or, where the likeliest "
                    + "word is all that is asked for, neuronx-distributed-greedy (default: what the release uses).")
    private @Nullable String runtime;

    @Option(
            names = "--weight-type",
            defaultValue = "bf16",
            paramLabel = "TYPE",
            description = "How weights are stored: bf16 or int8 (default: ${DEFAULT-VALUE}).")
    private String weightType = "";

    /** Whether text generation is asked for: by lengths, or by cores that share a language model. */
    boolean isAsked(ModelSource source, Workload workload) {
        return output != null
                || input != null
                || (degree != null && generates(source, workload));
    }

    /** Whether a network generates text, unless a head is asked for that reads it. */
    static boolean generates(ModelSource source, Workload workload) {
        return source.generatesText() && workload.head().isEmpty();
    }

    /** What people should know who ask for a single call of a network that generates text. */
    static Optional<String> singleCall(ModelSource source, Workload workload) {
        return generates(source, workload)
                ? Optional.of(source.name() + " generates text, and this is one call with all tokens of a prompt; "
                        + "for time per token give --input-length and --output-length")
                : Optional.empty();
    }

    /** Whether a server shall generate, whatever the model: by lengths, or by cores that share it. */
    boolean isAsked() {
        return output != null || input != null || degree != null || compiled != null;
    }

    /** Refuses to share out a network that runs once per call where only whole copies are looked at. */
    void requireWholeCopies() {
        List<String> given = new ArrayList<>();
        if (degree != null) {
            given.add("--tensor-parallel");
        }
        if (expertGroups != 1) {
            given.add("--expert-parallel");
        }
        if (isSequenceParallel) {
            given.add("--sequence-parallel");
        }
        if (!given.isEmpty()) {
            boolean isOne = given.size() == 1;
            throw new UserError(String.join(" and ", given) + (isOne ? " shares" : " share")
                    + " out a network that runs once per call in fit and predict, as it is in its file or config;"
                    + " leave " + (isOne ? "it" : "them") + " out here");
        }
    }

    /** Cores that share one copy of a network that runs once per call; its file's own where none are asked for. */
    OptionalInt degree(Network network) {
        if (expertGroups != 1) {
            throw new UserError("--expert-parallel divides the experts of a network that generates text; add"
                    + " --output-length, or leave it out");
        }
        return degree == null ? network.exchangingCores() : OptionalInt.of(degree);
    }

    /** The longest sequence that slots shall have room for; refuses to guess it. */
    RequestSize longest(TextModel model) {
        if (compiled != null && compiled > 1) {
            return new RequestSize(compiled - 1, 1);
        }
        if (output == null) {
            throw new UserError("how long may prompt and answer be together? give --compiled-length");
        }
        return size(model);
    }

    /** The question about a network on an instance; refuses to guess how much is generated. */
    Question question(TextModel model, Instance instance, long batch, SdkVersion sdk) {
        return question(model, instance, degree(model.shape(), instance), sdk, request(batch, size(model)));
    }

    /** The question about the memory that a network takes, with room for one token where no more are asked for. */
    Question room(TextModel model, Instance instance, long batch, SdkVersion sdk) {
        RequestSize size = new RequestSize(input(model), output == null ? 1 : output);
        return question(model, instance, degree(model.shape(), instance), sdk, request(batch, size));
    }

    /** Whether it is said for how much the cache shall have room. */
    boolean saysRoom() {
        return output != null || compiled != null;
    }

    /** The question about a network whose slots have room for the longest of several requests, or as much as asked. */
    Question question(TextModel model, Instance instance, long batch, SdkVersion sdk, RequestSize longest) {
        long tokens = compiled == null ? longest.total() : compiled;
        long prompt = Math.max(1, Math.min(longest.inputTokens(), tokens - 1));
        GenerationRequest whole = GenerationRequest.of(batch, prompt, Math.max(1, tokens - prompt));
        return question(model, instance, degree(model.shape(), instance), sdk, whole);
    }

    private int degree(TransformerShape shape, Instance instance) {
        int cores = degree == null ? Degrees.of(instance, shape).getLast() : degree;
        Degrees.require(cores, instance, shape);
        Degrees.requireExperts(expertGroups, cores, shape);
        return cores;
    }

    /** What each request asks for; refuses to guess how much is generated. */
    RequestSize size(TextModel model) {
        if (output == null) {
            throw new UserError("how many tokens are generated? give --output-length");
        }
        return new RequestSize(input(model), output);
    }

    private long input(TextModel model) {
        return model.inputTokens(input == null ? OptionalLong.empty() : OptionalLong.of(input), DEFAULT_INPUT);
    }

    /** The question about each degree of tensor parallelism that was asked for, or that is legal. */
    Stream<Question> questions(TextModel model, Instance instance, long batch, SdkVersion sdk) {
        return anyDegree(model, instance, batch, sdk)
                .filter(question -> degree == null || degree == question.degree());
    }

    /** The question about each legal degree of tensor parallelism. */
    Stream<Question> anyDegree(TextModel model, Instance instance, long batch, SdkVersion sdk) {
        TransformerShape shape = model.shape();
        return Degrees.of(instance, shape).stream()
                .filter(cores -> Degrees.ofExperts(cores, shape).contains(expertGroups))
                .map(cores -> question(model, instance, cores, sdk, request(batch, size(model))));
    }

    private Question question(
            TextModel model, Instance instance, int cores, SdkVersion sdk, GenerationRequest request) {
        model.requireRoom(request);
        TransformerShape shape = model.shape();
        GroupSharing sharing = new GroupSharing(cores, expertGroups, norms());
        return new Question(shape, instance, sharing, runtime(sdk, shape), WeightStorage.named(weightType), request);
    }

    /** How norms and residuals are shared. */
    Norms norms() {
        return isSequenceParallel ? Norms.SEQUENCE_PARALLEL : Norms.WHOLE;
    }

    /** What is said of a question: of sequences longer than those of the training, and of how it is shared. */
    List<String> notes(TextModel model, Question question) {
        List<String> notes = new ArrayList<>();
        model.note(question.request()).ifPresent(notes::add);
        notes.addAll(notes());
        return notes;
    }

    /** What is said of ways to share a network that nobody published times of. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (expertGroups > 1) {
            notes.add("expert parallelism is extrapolated: nobody published times of it on these instances");
        }
        if (isSequenceParallel) {
            notes.add("sequence-parallel norms are extrapolated: no published time says that it has them");
        }
        return notes;
    }

    /** Whether the length that the cache has room for was given. */
    CacheRoom cacheRoom() {
        return compiled == null ? CacheRoom.FOLLOWS_LENGTHS : CacheRoom.GIVEN;
    }

    private GenerationRequest request(long batch, RequestSize size) {
        GenerationRequest request = GenerationRequest.of(batch, size.inputTokens(), size.outputTokens());
        return compiled == null ? request : request.withCompiledTokens(compiled);
    }

    /** The library that was asked for, or that a release uses. */
    GenerationRuntime runtime(SdkVersion sdk, TransformerShape shape) {
        return runtime == null
                ? GenerationRuntime.of(sdk, shape)
                : Names.find("runtime", runtime, List.of(GenerationRuntime.values()), GenerationRuntime::label);
    }
}
