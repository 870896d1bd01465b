package dev.infermark.validate.generate;

import dev.infermark.base.Refusal;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.generate.TransformerShapes;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.Models;
import dev.infermark.validate.measurement.Measurement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates measurements of text generation into scenarios, or refuses them with the reason. */
public final class GenerationScenarios {
    /** Earlier tables divide the time of a call by input and output tokens, and have another barrier. */
    private static final SdkVersion FIRST = new SdkVersion(2, 18);

    private static final SdkVersion FIRST_ENCODER_DECODER = new SdkVersion(2, 16);

    /** What servers compile for where the publication does not say: the default of their catalogue. */
    private static final long SERVED_TOKENS = 4096;

    private static final Pattern COMPILED = Pattern.compile("compiled for (\\d{1,7}) tokens");

    private final Catalog catalog;
    private final Map<String, TransformerShape> shapes = new HashMap<>();

    /** Scenarios on the instances of this catalog. */
    public GenerationScenarios(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Whether a row is about generating text. */
    public static boolean isGeneration(Measurement row) {
        String task = row.setup().task().toLowerCase(Locale.ROOT);
        return task.contains("text generation")
                || row.setup().outputLength().isPresent()
                || row.figures().tpotP50Millis().isPresent();
    }

    /**
     * The scenario of a measurement.
     *
     * @throws dev.infermark.base.UserError when it cannot be predicted, with the reason
     */
    public GenerationScenario of(Measurement row) {
        Measurement.Setup setup = row.setup();
        SdkVersion sdk = setup.sdk().orElseThrow(() -> new Refusal("the release of the SDK is not published"));
        TransformerShape shape = shapes.computeIfAbsent(
                setup.model(), name -> TransformerShapes.of(Models.find(name)));
        boolean isEncoderDecoder = shape.hasEncoder();
        if (!sdk.isAtLeast(isEncoderDecoder ? FIRST_ENCODER_DECODER : FIRST)) {
            throw new Refusal("releases before " + (isEncoderDecoder ? FIRST_ENCODER_DECODER : FIRST)
                    + " gave times per input and output token together, and had a barrier of 500 us in each exchange");
        }
        long input = setup.inputLength().orElseThrow(() -> new Refusal("the length of the prompts is not published"));
        long output = setup.outputLength().orElseThrow(() -> new Refusal("the length of the output is not published"));
        long batch = setup.batch().orElseThrow(() -> new Refusal("the batch size is not published"));
        Instance instance = catalog.instance(setup.instanceType());
        int degree = degree(setup);
        Degrees.require(degree, instance, shape);
        GenerationRuntime runtime = isEncoderDecoder ? GenerationRuntime.of(sdk, shape) : runtime(row, sdk, shape);
        boolean isServerDefault = !isEncoderDecoder && runtime != GenerationRuntime.TRANSFORMERS_NEURONX;
        long tokens = compiledTokens(row)
                .filter(each -> each >= input + output)
                .orElse(isServerDefault ? served(input + output) : input + output);
        boolean isLoneClient = isServed(row) && setup.workersPerModel().orElse(0) == 1;
        return new GenerationScenario(
                shape,
                instance,
                degree,
                runtime,
                sdk,
                new GenerationRequest(batch, isLoneClient ? 1 : batch, input, output, tokens, 1));
    }

    /** Cores that share the network: as published, else all that were used where it says so. */
    private static int degree(Measurement.Setup setup) {
        if (setup.tensorParallelDegree().isPresent()) {
            return setup.tensorParallelDegree().getAsInt();
        }
        boolean isOneGroup = setup.runMode().equals("tensor-parallel")
                || setup.cores().orElse(0) == 1;
        return setup.cores()
                .stream()
                .filter(_ -> isOneGroup)
                .findFirst()
                .orElseThrow(() -> new Refusal("the degree of tensor parallelism is not published"));
    }

    /** What the cache has room for: as the notes say, else the sequence length. */
    private static Optional<Long> compiledTokens(Measurement row) {
        Matcher compiled = COMPILED.matcher(row.origin().notes());
        return compiled.find()
                ? Optional.of(Long.parseLong(compiled.group(1)))
                : row.setup().sequenceLength().stream().boxed().findFirst();
    }

    private static long served(long least) {
        return Math.max(SERVED_TOKENS, Long.highestOneBit(2 * least - 1));
    }

    private static GenerationRuntime runtime(Measurement row, SdkVersion sdk, TransformerShape shape) {
        String framework = row.setup().framework().toLowerCase(Locale.ROOT);
        boolean isBelowServer = isServed(row)
                || framework.contains("optimum")
                || row.origin().sourceFile().contains("optimum-neuron");
        boolean isDistributed = framework.contains("distributed")
                || framework.contains("nxd")
                || (!framework.contains("transformers")
                        && GenerationRuntime.of(sdk, shape) == GenerationRuntime.NEURONX_DISTRIBUTED);
        if (isDistributed) {
            return isBelowServer ? GenerationRuntime.NEURONX_DISTRIBUTED : GenerationRuntime.NEURONX_DISTRIBUTED_GREEDY;
        }
        return isBelowServer ? GenerationRuntime.OPTIMUM_NEURON : GenerationRuntime.TRANSFORMERS_NEURONX;
    }

    private static boolean isServed(Measurement row) {
        String framework = row.setup().framework().toLowerCase(Locale.ROOT);
        return framework.startsWith("tgi") || framework.startsWith("vllm");
    }
}
