package dev.infermark.validate.measurement;

import dev.infermark.deploy.uncertainty.Maturity;
import dev.infermark.lower.SdkVersion;
import java.util.OptionalDouble;
import java.util.Set;

/** The kinds of measurements whose accuracy is stated apart, each with what it has to reach. */
public enum MeasurementClass {
    /** Encoders on Inf2 at batch 1 to 16 by mature compilers. */
    INF2_ENCODERS("Inf2 encoders, batch 1 to 16", 3.5, 9),
    /** Convolutional networks on Inf2 by mature compilers. */
    INF2_CNNS("Inf2 CNNs", 4.5, 12),
    /** Vision transformers on Inf2 by mature compilers. */
    INF2_VISION_TRANSFORMERS("Inf2 vision transformers", 8, 15),
    /** Encoders on Inf1. */
    INF1_ENCODERS("Inf1 encoders", 8, 20),
    /** Networks whose layers are divided among the cores of Inf1. */
    INF1_PIPELINE("Inf1 pipelines over cores", 10, Double.NaN),
    /** ResNet-50 on Inf1. */
    INF1_RESNET("Inf1 ResNet-50", 15, 25),
    /** One client that tries sequence lengths from 8 to 512 tokens. */
    SEQUENCE_SWEEPS("sequence sweeps, 8 to 512 tokens", 6, 15),
    /** Encoders at 256 tokens and more under load on Inf2. */
    INF2_LONG_SEQUENCES("Inf2 encoders at 256 and 512 tokens", 6, 15),
    /** Encoders and convolutional networks on Inf2 by the compilers of SDK 2.9 to 2.13. */
    INF2_EARLY_SDKS("Inf2 encoders and CNNs, SDK 2.9 to 2.13", 6, 18),
    /** Vision transformers, with their 197 keys, on Inf2 by the compilers of SDK 2.9 to 2.12. */
    INF2_EARLY_VISION_TRANSFORMERS("Inf2 vision transformers, SDK 2.9 to 2.12", 20, 40),
    /** Encoders on Trainium1, which nothing is fitted to. */
    TRN1_ENCODERS("Trainium1 encoders, not fitted", 4, 9),
    /** Encoders on Inf2 at batches above 16 by mature compilers. */
    INF2_LARGE_BATCHES("Inf2 encoders, batch above 16"),
    /** CLIP's two towers on Inf2. */
    INF2_CLIP("Inf2 CLIP", 13, 24),
    /** Decoders that read a whole sequence at once. */
    PREFILL("decoders over whole sequences", 5, 10),
    /** Whatever else can be predicted, above all releases before the compilers matured. */
    OTHER("others and earlier SDKs");

    private static final SdkVersion FIRST_TABLES = new SdkVersion(2, 9);
    private static final SdkVersion FASTER_ATTENTION = new SdkVersion(2, 13);
    private static final Set<String> ENCODERS =
            Set.of("bert", "distilbert", "roberta", "xlm-roberta", "albert", "electra", "camembert");
    private static final Set<String> CNNS = Set.of("resnet", "vgg", "unet", "alexnet");
    private static final Set<String> VISION_TRANSFORMERS = Set.of("vit", "deit", "beit");
    private static final int LONG = 256;
    private static final int SMALL_BATCH = 16;

    private final String title;
    private final double meanGoal;
    private final double worstGoal;

    MeasurementClass(String title) {
        this(title, Double.NaN, Double.NaN);
    }

    MeasurementClass(String title, double meanGoal, double worstGoal) {
        this.title = title;
        this.meanGoal = meanGoal;
        this.worstGoal = worstGoal;
    }

    /** The class as people read it. */
    public String title() {
        return title;
    }

    /** Whether parameters are fitted to measurements of this class. */
    public boolean isFitted() {
        return switch (this) {
            case INF2_ENCODERS, INF2_CNNS, INF2_LONG_SEQUENCES, INF2_LARGE_BATCHES, INF2_EARLY_SDKS -> true;
            case INF1_ENCODERS, INF1_RESNET, SEQUENCE_SWEEPS -> true;
            case INF2_VISION_TRANSFORMERS, INF2_EARLY_VISION_TRANSFORMERS, INF2_CLIP, PREFILL -> false;
            case INF1_PIPELINE, TRN1_ENCODERS, OTHER -> false;
        };
    }

    /** Whether parameters are fitted to a measurement and its release is a mature one. */
    public static boolean isFittedAndMature(Measurement measurement) {
        return of(measurement).isFitted() && isMature(measurement.setup());
    }

    /** The mean absolute error in per cent that predictions must stay within, where one is set. */
    public OptionalDouble meanGoalPercent() {
        return goal(meanGoal);
    }

    /** The largest absolute error in per cent that predictions must stay within, where one is set. */
    public OptionalDouble worstGoalPercent() {
        return goal(worstGoal);
    }

    /** The class of a measurement. */
    public static MeasurementClass of(Measurement measurement) {
        Measurement.Setup setup = measurement.setup();
        boolean isEncoder = ENCODERS.contains(setup.family());
        if (setup.runMode().equals("model-pipeline")) {
            return isMature(setup) ? INF1_PIPELINE : OTHER;
        }
        if (isEncoder && setup.runMode().equals("single-stream")) {
            return measurement.origin().isHeldOut() ? OTHER : SEQUENCE_SWEEPS;
        }
        return switch (setup.device()) {
            case "inf1" -> inf1(setup, isEncoder);
            case "inf2" -> inf2(setup, isEncoder);
            default -> isEncoder && isMature(setup) ? TRN1_ENCODERS : OTHER;
        };
    }

    private static MeasurementClass inf1(Measurement.Setup setup, boolean isEncoder) {
        if (!isMature(setup)) {
            return OTHER;
        }
        return isEncoder ? INF1_ENCODERS : setup.family().equals("resnet") ? INF1_RESNET : OTHER;
    }

    private static MeasurementClass inf2(Measurement.Setup setup, boolean isEncoder) {
        boolean isCnn = CNNS.contains(setup.family());
        if (!isMature(setup)) {
            boolean hasTables = setup.sdk().filter(sdk -> sdk.isAtLeast(FIRST_TABLES)).isPresent();
            boolean isLongAttention = VISION_TRANSFORMERS.contains(setup.family()) && isBefore(setup, FASTER_ATTENTION);
            return !hasTables ? OTHER
                    : isEncoder || isCnn ? INF2_EARLY_SDKS
                    : isLongAttention ? INF2_EARLY_VISION_TRANSFORMERS : OTHER;
        }
        if (isEncoder) {
            return setup.sequenceLength().orElse(1) >= LONG ? INF2_LONG_SEQUENCES
                    : setup.batch().orElse(1) > SMALL_BATCH ? INF2_LARGE_BATCHES : INF2_ENCODERS;
        }
        if (isCnn) {
            return INF2_CNNS;
        }
        if (VISION_TRANSFORMERS.contains(setup.family())) {
            return INF2_VISION_TRANSFORMERS;
        }
        return switch (setup.family()) {
            case "clip" -> INF2_CLIP;
            case "gpt2" -> PREFILL;
            default -> OTHER;
        };
    }

    private static boolean isBefore(Measurement.Setup setup, SdkVersion release) {
        return setup.sdk().filter(sdk -> !sdk.isAtLeast(release)).isPresent();
    }

    private static boolean isMature(Measurement.Setup setup) {
        return setup.sdk()
                .filter(sdk -> Maturity.of(setup.generation(), sdk) == Maturity.MATURE)
                .isPresent();
    }

    private static OptionalDouble goal(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
