package dev.infermark.reader.hlo;

import com.google.protobuf.CodedInputStream;
import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.file.ModelKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads HLO modules, as text or as a protocol buffer ({@code HloModuleProto} or {@code HloProto}).
 *
 * <p>Called computations are written where they are called, loops with a known trip count as often as they run. An
 * unmodelled operation becomes a {@link dev.infermark.graph.Custom} node.
 */
public final class HloReader {
    private final ModelFile file;
    private final HloModule module;

    private HloReader(ModelFile file, HloModule module) {
        this.file = file;
        this.module = module;
    }

    /**
     * Reads the module in a file, for as many graphs as are asked for.
     *
     * @throws UserError when the file is broken
     */
    public static HloReader open(Path path) {
        ModelFile file = ModelFile.open(path);
        HloModule module = Guard.read(file, "HLO", DimensionBindings.none(), () -> {
            boolean isText = file.kind().equals(Optional.of(ModelKind.HLO_TEXT));
            return isText
                    ? HloTextParser.parse(file.text())
                    : HloProtoParser.parse(
                            CodedInputStream.newInstance(file.without(HloProtoParser.WEIGHTS, HloProtoParser.PARTS)));
        });
        return new HloReader(file, module);
    }

    /**
     * The network in a file, whose weights are told by how they are used.
     *
     * @throws UserError when the file is broken
     */
    public static Graph read(Path path) {
        return read(path, HloWeights.byUse());
    }

    /**
     * The network in a file.
     *
     * @param weights which parameters of the entry computation are weights
     * @throws UserError when the file is broken
     */
    public static Graph read(Path path, HloWeights weights) {
        return open(path).graph(GraphChoices.ofWeights(weights.pattern()));
    }

    /**
     * The network, or the part of it between the chosen instructions of the entry computation.
     *
     * @throws UserError when the module is inconsistent, or has no such instructions
     */
    public Graph graph(GraphChoices choices) {
        return Guard.read(file, "HLO", DimensionBindings.none(), () -> {
            HloModule part =
                    choices.isCut() ? new HloCut(module, choices.inputs(), choices.outputs()).part() : module;
            return new HloTranslator(file.title(), part, choices).translate();
        });
    }

    /** The most cores that a tensor is annotated to be divided among, by a partitioner which has not run yet. */
    public OptionalLong annotatedCores() {
        return module.annotatedCores();
    }

    /** The most cores that a partitioner has divided a tensor among; empty where the module does not say so. */
    public OptionalLong dividedCores() {
        return module.devices().divided();
    }
}
