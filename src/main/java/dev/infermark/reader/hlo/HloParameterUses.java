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

/** Follows parameters of the entry computation, through what only renames or hands them on, to where they are used. */
final class HloParameterUses {
    private static final Set<String> RENAMING = Set.of(
            "reshape",
            "transpose",
            "convert",
            "copy",
            "bitcast",
            "slice",
            "dynamic-slice",
            "all-gather",
            "all-gather-start",
            "all-gather-done",
            "async-done",
            "optimization-barrier",
            "reduce-precision",
            "bitcast-convert");

    private final HloModule module;
    private final Map<String, Map<String, List<HloInstruction>>> readers = new HashMap<>();

    HloParameterUses(HloModule module) {
        this.module = module;
    }

    /**
     * One use.
     *
     * @param computation where it is
     * @param reader the instruction that reads the parameter
     * @param operand which of its operands the parameter is
     */
    record Use(String computation, HloInstruction reader, int operand) {}

    /** A result on its way: of an instruction, or of one part of its tuple. */
    private record Place(String computation, String instruction, int part) {
        static final int WHOLE = -1;
    }

    /** The uses of a parameter other than being renamed. */
    List<Use> of(HloInstruction parameter) {
        Deque<Place> open = new ArrayDeque<>(List.of(new Place(module.entry(), parameter.name(), Place.WHOLE)));
        Set<Place> seen = new HashSet<>(open);
        List<Use> uses = new ArrayList<>();
        while (!open.isEmpty()) {
            Place place = open.remove();
            for (HloInstruction reader : readers(place)) {
                for (int operand = 0; operand < reader.operands().size(); operand++) {
                    if (!reader.operands().get(operand).equals(place.instruction())) {
                        continue;
                    }
                    List<Place> next = next(place, reader, operand);
                    next.stream().filter(seen::add).forEach(open::add);
                    if (next.isEmpty()) {
                        uses.add(new Use(place.computation(), reader, operand));
                    }
                }
            }
        }
        return uses;
    }

    /** Where an operand goes that an instruction only renames or hands on. */
    private List<Place> next(Place place, HloInstruction reader, int operand) {
        String here = place.computation();
        return switch (reader.opcode()) {
            case "fusion", "call", "async-start" ->
                    List.of(argument(reader.called().getFirst(), operand, place.part()));
            // What a loop hands from trip to trip is the same after it.
            case "while" -> List.of(
                    argument(reader.called().getFirst(), 0, place.part()),
                    new Place(here, reader.name(), place.part()));
            // The first operand chooses; each other one is what its branch gets.
            case "conditional" -> operand == 0 || operand > reader.called().size()
                    ? List.of()
                    : List.of(argument(reader.called().get(operand - 1), 0, place.part()));
            case "tuple" -> List.of(new Place(here, reader.name(), operand));
            case "get-tuple-element" -> reader.number("index", 0) == place.part()
                    ? List.of(new Place(here, reader.name(), Place.WHOLE))
                    : List.of();
            default -> isRenaming(reader) && operand == 0
                    ? List.of(new Place(here, reader.name(), place.part()))
                    : List.of();
        };
    }

    /** What is done to one tensor by an unknown operator leaves a weight a weight. */
    private static boolean isRenaming(HloInstruction reader) {
        return RENAMING.contains(reader.opcode())
                || HloCustomCalls.isIdentity(reader.text("custom_call_target"))
                || (reader.opcode().equals("custom-call") && reader.operands().size() == 1);
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
