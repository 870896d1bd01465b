package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.GraphBuilder.Extent;
import dev.infermark.graph.Outline;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.TextContext;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Architecture.Modality;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A transformer described by a config. */
public final class HuggingFaceModel implements ModelSource {
    /** Tokens per sequence where the user names none and the model allows it: what AWS's benchmarks of encoders use. */
    private static final long DEFAULT_LENGTH = 128;

    private static final String POSITIONS = "max_position_embeddings";

    private final String name;
    private final Config config;
    private final ModelType type;
    private final Architecture architecture;
    private final DataType checkpointType;
    private final Optional<TaskHead> savedHead;
    private final OptionalLong trained;

    private HuggingFaceModel(String name, Config config) {
        this.name = name;
        this.config = config;
        this.type = ModelType.of(config);
        this.architecture = type.read(config);
        this.checkpointType = CheckpointType.of(config);
        this.savedHead = config.architectures().stream()
                .findFirst()
                .flatMap(TaskHead::ofArchitecture)
                .filter(architecture.heads()::contains);
        boolean isEndless =
                architecture.modality() == Modality.CACHED_TEXT && architecture.positions() == Long.MAX_VALUE;
        this.trained = isEndless && config.has(POSITIONS)
                ? OptionalLong.of(config.size(POSITIONS))
                : OptionalLong.empty();
    }

    /**
     * A model whose config has been read.
     *
     * @param name what tables call it
     * @param config the JSON object
     */
    public static HuggingFaceModel of(String name, JsonNode config) {
        return new HuggingFaceModel(name, Config.of(name, config));
    }

    /**
     * A model given by the text of its config.
     *
     * @throws UserError when the text is no JSON, or a value is missing, wrong or out of range
     */
    public static HuggingFaceModel parse(String name, String json) {
        return new HuggingFaceModel(name, Config.parse(name, json));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DataType type() {
        return checkpointType;
    }

    @Override
    public boolean generatesText() {
        return architecture.heads().contains(TaskHead.CAUSAL_LM);
    }

    @Override
    public TextContext context(Workload workload) {
        return switch (architecture.modality()) {
            case AUDIO_AND_TEXT ->
                    new TextContext.Heard(architecture.frames(name, workload), architecture.decoderPositions());
            case TWO_TEXTS -> new TextContext.Encoded(architecture.positions(), architecture.decoderPositions());
            default -> new TextContext.Shared(architecture.positions(), trained);
        };
    }

    /** One note that names the keys which changed nothing and are not known to change nothing. */
    @Override
    public List<String> notes() {
        List<String> keys = config.unasked().stream().filter(key -> !Irrelevant.contains(key)).toList();
        return keys.isEmpty()
                ? List.of()
                : List.of(name + ": these keys are not known and change nothing here: " + String.join(", ", keys));
    }

    /** The {@code model_type}, such as {@code bert}. */
    public String family() {
        return type.label();
    }

    /** The head that the checkpoint was saved with, or the raw output where the config does not tell. */
    public TaskHead defaultHead() {
        if (config.architectures().isEmpty()) {
            return TaskHead.RAW;
        }
        return savedHead.orElseThrow(() -> new UserError(name + ": the head of "
                + config.architectures().getFirst() + " is not modelled; choose one of " + heads()));
    }

    @Override
    public Graph graph(Workload workload) {
        return build(workload, Extent.WHOLE).graph();
    }

    @Override
    public Outline outline(Workload workload) {
        return build(workload, Extent.OUTLINE);
    }

    private Outline build(Workload workload, Extent extent) {
        TaskHead head = workload.head().orElseGet(this::defaultHead);
        if (!architecture.heads().contains(head)) {
            throw new UserError(name + " has no head " + head.label() + "; choose one of " + heads());
        }
        Workload complete = completed(workload);
        try {
            GraphBuilder builder = new GraphBuilder(name, extent);
            return builder.outline(architecture.build(builder, complete, head));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UserError(name + " cannot be laid out for this workload (" + e.getMessage()
                    + "); give smaller sizes", e);
        }
    }

    private Workload completed(Workload workload) {
        Modality modality = architecture.modality();
        boolean hears = modality == Modality.AUDIO || modality == Modality.AUDIO_AND_TEXT;
        boolean readsText = modality != Modality.IMAGE && !hears;
        boolean hasDecoder = modality == Modality.TWO_TEXTS || modality == Modality.AUDIO_AND_TEXT;
        String input = hears ? "audio" : "images";
        refuse(
                workload.sequenceLength().isPresent() && !readsText,
                "reads " + input + " only; leave out the sequence length");
        refuse(workload.seconds().isPresent() && !hears, "reads no audio; leave out the seconds");
        refuse(
                workload.imageSize().isPresent() && modality != Modality.IMAGE && modality != Modality.IMAGE_AND_TEXT,
                "reads no images; leave out the image size");
        refuse(
                workload.prompts().isPresent() && modality != Modality.IMAGE_AND_TEXT,
                "does not compare images with texts; leave out the prompts");
        refuse(
                workload.cachedTokens() > 0 && modality != Modality.CACHED_TEXT && !hasDecoder,
                "is no decoder; leave out the cached tokens");
        refuse(
                workload.targetLength().isPresent() && !hasDecoder,
                "has no separate decoder; leave out the target length");
        refuse(
                !workload.dimensions().isEmpty(),
                "has no symbolic dimensions; give batch and sequence length by their own settings");
        refuse(
                workload.choices().isCut() || workload.choices().signature().isPresent(),
                "is a config and not a graph; leave out --signature, --input and --output");
        if (!readsText) {
            return workload;
        }
        long most = architecture.positions();
        long length = workload.sequenceLength().orElse(Math.min(DEFAULT_LENGTH, most));
        long cached = modality == Modality.CACHED_TEXT ? workload.cachedTokens() : 0;
        refuse(
                length > most - cached,
                "has " + most + " positions, fewer than the " + (length + cached)
                        + " tokens asked for; give a shorter sequence");
        return workload.withSequenceLength(length);
    }

    private void refuse(boolean wrong, String reason) {
        if (wrong) {
            throw new UserError(name + " " + reason);
        }
    }

    private String heads() {
        return architecture.heads().stream().map(TaskHead::label).collect(Collectors.joining(", "));
    }
}
