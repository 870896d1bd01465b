package dev.infermark.validate.scenario;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.validate.blog.BlogTable;
import dev.infermark.validate.measurement.Measurement;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates measurements into scenarios, or refuses them with the reason. */
public final class Scenarios {
    private static final Set<String> DECODERS = Set.of("llama", "mistral", "opt", "t5");

    /** Families whose Inf1 rows, by the published scripts, classify sequences even where the row does not say so. */
    private static final Set<String> ENCODERS = Set.of("bert", "distilbert", "roberta", "albert", "electra");

    private static final String PIPELINE = "model-pipeline";

    private static final Pattern SQUARE = Pattern.compile("(\\d{1,6})(?:x(\\d{1,6}))?");

    /** The class names of CIFAR-100, which the published script compares every batch of images with. */
    private static final long CLIP_PROMPTS = 100;

    /**
     * Tokens of the longest of these prompts, to which the others are padded: "a photo of a sweet_pepper" between the
     * marks of its start and end. CLIP's vocabulary has a token for each of these words and for the underscore.
     */
    private static final long CLIP_TOKENS = 9;

    private static final Map<String, String> CHIPS =
            Map.of("inf1", "inferentia1", "inf2", "inferentia2", "trn1", "trainium1");

    private final Catalog catalog;

    /** Scenarios on the instances of this catalog. */
    public Scenarios(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The scenario of a measurement.
     *
     * @throws UserError when it cannot be predicted, with the reason; a {@link Refusal} where it is not modelled yet
     */
    public Scenario of(Measurement measurement) {
        Measurement.Setup setup = measurement.setup();
        requireModelled(setup);
        requireLength(setup);
        Models.find(setup.model());
        Instance instance = instance(setup);
        long batch = setup.batch().orElseThrow(() -> new Refusal("the batch size is not published"));
        Concurrency concurrency = Concurrency.of(measurement, instance);
        DataType checkpoint = checkpoint(setup);
        return new Scenario(
                setup.model(),
                workload(setup, batch, checkpoint),
                deployment(measurement, instance, concurrency),
                precision(setup, checkpoint, instance.chip()),
                assumption(measurement, concurrency));
    }

    private static Deployment deployment(Measurement measurement, Instance instance, Concurrency concurrency) {
        if (!measurement.setup().runMode().equals(PIPELINE)) {
            return new Deployment(
                    instance,
                    new Parallelism.Replicated(concurrency.cores()),
                    concurrency.workersPerCore(),
                    release(measurement));
        }
        int cores = measurement.setup().cores().orElseThrow(() -> new Refusal("the cores are not published"));
        int copies = measurement.setup().models().orElse(1);
        double clients = measurement.inFlight()
                .orElseThrow(() -> new Refusal("how many clients kept the pipeline busy is not published"));
        return new Deployment(
                instance,
                new Parallelism.LayerPipeline(cores / copies, copies),
                Math.max(1, (int) Math.round(clients / copies)),
                release(measurement));
    }

    /** The blog names its release by its date; rows without one are taken as of the newest. */
    private static SdkVersion release(Measurement measurement) {
        SdkVersion unpublished = measurement.origin().isHeldOut() ? BlogTable.SDK : SdkVersion.NEWEST;
        return measurement.setup().sdk().orElse(unpublished);
    }

    private static String assumption(Measurement measurement, Concurrency concurrency) {
        if (measurement.setup().sdk().isPresent()) {
            return concurrency.assumption();
        }
        String release = "release not published: " + release(measurement) + " assumed";
        return concurrency.assumption().isEmpty() ? release : concurrency.assumption() + "; " + release;
    }

    private static void requireModelled(Measurement.Setup setup) {
        boolean generates = setup.task().toLowerCase(Locale.ROOT).contains("text generation");
        if (DECODERS.contains(setup.family()) || generates || setup.outputLength().isPresent()) {
            throw new Refusal("autoregressive decoding is predicted as text generation, for which lengths of prompts"
                    + " and output are needed");
        }
        if (setup.tensorParallelDegree().orElse(1) > 1) {
            throw new Refusal(
                    "a network that is split over cores is predicted where it generates text, not for single calls");
        }
    }

    private static void requireLength(Measurement.Setup setup) {
        if (ENCODERS.contains(setup.family()) && setup.sequenceLength().isEmpty()) {
            throw new Refusal("the sequence length is not published");
        }
    }

    private Instance instance(Measurement.Setup setup) {
        Instance instance = catalog.instance(setup.instanceType());
        if (!instance.chip().name().equals(CHIPS.get(setup.device()))) {
            throw new UserError(setup.instanceType() + " is no instance of device " + setup.device());
        }
        return instance;
    }

    private static Workload workload(Measurement.Setup setup, long batch, DataType checkpoint) {
        Workload workload = Workload.ofBatch(batch).withType(checkpoint);
        if (setup.sequenceLength().isPresent()) {
            workload = workload.withSequenceLength(setup.sequenceLength().getAsLong());
        }
        if (!setup.imageSize().isEmpty()) {
            workload = workload.withImageSize(pixels(setup.imageSize()));
        }
        if (setup.family().equals("clip")) {
            workload = workload.withPrompts(CLIP_PROMPTS).withSequenceLength(CLIP_TOKENS);
        }
        boolean classifies = setup.task().toLowerCase(Locale.ROOT).startsWith("sequence classification")
                || (setup.task().isEmpty() && setup.device().equals("inf1") && ENCODERS.contains(setup.family()));
        return classifies ? workload.withHead(TaskHead.SEQUENCE_CLASSIFICATION) : workload;
    }

    private static long pixels(String size) {
        Matcher matcher = SQUARE.matcher(size);
        if (!matcher.matches() || (matcher.group(2) != null && !matcher.group(1).equals(matcher.group(2)))) {
            throw new Refusal("the image size " + size + " is no square");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static DataType checkpoint(Measurement.Setup setup) {
        return setup.modelType().isEmpty() ? DataType.FP32 : type(setup.modelType());
    }

    /** What the compiler was told: nothing, {@code none}, a type for everything, or {@code matmult-TYPE}. */
    private static Precision precision(Measurement.Setup setup, DataType checkpoint, Chip chip) {
        String cast = setup.autoCast();
        if (cast.isEmpty() || cast.equals("unknown")) {
            return Precision.compilerDefault(checkpoint, chip.core());
        }
        if (cast.equals("none")) {
            return Precision.of(checkpoint, AutoCast.NONE, DataType.FP32);
        }
        return cast.startsWith("matmult-")
                ? Precision.of(checkpoint, AutoCast.MATMULT, type(cast.substring("matmult-".length())))
                : Precision.of(checkpoint, AutoCast.ALL, type(cast.replaceFirst("^all-", "")));
    }

    private static DataType type(String label) {
        for (DataType type : DataType.values()) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        throw new Refusal("the element type " + label + " is not known");
    }
}
