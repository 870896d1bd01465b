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

/**
 * Reads HLO modules, as text or as a protocol buffer ({@code HloModuleProto} or {@code HloProto}).
 *
 * <p>Called computations are written where they are called, loops with a known trip count as often as they run. An
 * unmodelled operation becomes a {@link dev.infermark.graph.Custom} node.
 */
public final class HloReader {

    private HloReader() {}

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
        return read(path, GraphChoices.ofWeights(weights.pattern()));
    }

    /**
     * The network in a file, or the part of it between the chosen instructions of the entry computation.
     *
     * @throws UserError when the file is broken, or has no such instructions
     */
    public static Graph read(Path path, GraphChoices choices) {
        ModelFile file = ModelFile.open(path);
        return Guard.read(file, "HLO", DimensionBindings.none(), () -> {
            boolean isText = file.kind().equals(Optional.of(ModelKind.HLO_TEXT));
            HloModule module = isText
                    ? HloTextParser.parse(file.text())
                    : HloProtoParser.parse(
                            CodedInputStream.newInstance(file.without(HloProtoParser.WEIGHTS, HloProtoParser.PARTS)));
            HloModule part =
                    choices.isCut() ? new HloCut(module, choices.inputs(), choices.outputs()).part() : module;
            return new HloTranslator(file.title(), part, choices).translate();
        });
    }
}
