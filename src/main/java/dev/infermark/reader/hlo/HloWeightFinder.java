package dev.infermark.reader.hlo;

import dev.infermark.reader.hlo.HloModule.Computation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Follows parameters of the entry computation to where they are used. */
final class HloWeightFinder {
    private static final Pattern NAMES = Pattern.compile(
            "weight|kernel|bias|gamma|beta|embedding|(?<![a-z])params(?![a-z])", Pattern.CASE_INSENSITIVE);
    private static final Set<String> RENAMING = Set.of(
            "reshape", "transpose", "convert", "copy", "bitcast", "slice", "dynamic-slice", "all-gather",
            "optimization-barrier");

    private final HloModule module;
    private final HloWeights weights;
    private final Map<String, Map<String, List<HloInstruction>>> readers = new HashMap<>();

    HloWeightFinder(HloModule module, HloWeights weights) {
        this.module = module;
        this.weights = weights;
    }

    /** A result on its way: of an instruction, or of one part of its tuple. */
    private record Place(String computation, String instruction, int part) {
        static final int WHOLE = -1;
    }

    /** Whether a parameter of the entry computation is a weight. */
    boolean isWeight(HloInstruction parameter) {
        String names = parameter.name() + " " + parameter.text("op_name");
        if (weights.pattern().isPresent()) {
            return weights.pattern().get().matcher(names).find();
        }
        if (parameter.shape().array().isEmpty() || !parameter.shape().type().type().isFloatingPoint()) {
            return false;
        }
        return NAMES.matcher(names).find() || isUsedAsWeight(parameter);
    }

    private boolean isUsedAsWeight(HloInstruction parameter) {
        Deque<Place> open = new ArrayDeque<>(List.of(new Place(module.entry(), parameter.name(), Place.WHOLE)));
        Set<Place> seen = new HashSet<>(open);
        boolean isVector = parameter.shape().type().shape().rank() == 1;
        while (!open.isEmpty()) {
            Place place = open.remove();
            for (HloInstruction reader : readers(place)) {
                for (int operand = 0; operand < reader.operands().size(); operand++) {
                    if (!reader.operands().get(operand).equals(place.instruction())) {
                        continue;
                    }
                    if (isWeightUse(reader, operand, isVector)) {
                        return true;
                    }
                    next(place, reader, operand).stream().filter(seen::add).forEach(open::add);
                }
            }
        }
        return false;
    }

    private static boolean isWeightUse(HloInstruction reader, int operand, boolean isVector) {
        return switch (reader.opcode()) {
            case "dot", "convolution" -> operand == 1;
            case "gather" -> operand == 0;
            case "batch-norm-inference", "batch-norm-training" -> operand > 0;
            case "broadcast" -> isVector;
            default -> false;
        };
    }

    /** Where an operand goes that an instruction only renames or hands on. */
    private List<Place> next(Place place, HloInstruction reader, int operand) {
        String here = place.computation();
        return switch (reader.opcode()) {
            case "fusion", "call" -> List.of(argument(reader.called().getFirst(), operand, place.part()));
            case "while" -> List.of(argument(reader.called().getFirst(), 0, place.part()));
            case "tuple" -> List.of(new Place(here, reader.name(), operand));
            case "get-tuple-element" -> reader.number("index", 0) == place.part()
                    ? List.of(new Place(here, reader.name(), Place.WHOLE))
                    : List.of();
            default -> isRenaming(reader) && operand == 0
                    ? List.of(new Place(here, reader.name(), place.part()))
                    : List.of();
        };
    }

    private static boolean isRenaming(HloInstruction reader) {
        return RENAMING.contains(reader.opcode())
                || HloCustomCalls.isIdentity(reader.text("custom_call_target"));
    }

    private Place argument(String computation, int index, int part) {
        return module.computation(computation).instructions().stream()
                .filter(instruction -> instruction.opcode().equals("parameter")
                        && instruction.number("index", 0) == index)
                .findFirst()
                .map(instruction -> new Place(computation, instruction.name(), part))
                .orElseThrow(() -> new IllegalArgumentException(
                        "computation " + computation + " has no parameter " + index));
    }

    private List<HloInstruction> readers(Place place) {
        return readers.computeIfAbsent(place.computation(), name -> index(module.computation(name)))
                .getOrDefault(place.instruction(), List.of());
    }

    private static Map<String, List<HloInstruction>> index(Computation computation) {
        Map<String, List<HloInstruction>> index = new HashMap<>();
        for (HloInstruction instruction : computation.instructions()) {
            for (String operand : Set.copyOf(instruction.operands())) {
                index.computeIfAbsent(operand, _ -> new ArrayList<>()).add(instruction);
            }
        }
        return index;
    }
}
