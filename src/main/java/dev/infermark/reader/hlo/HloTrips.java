package dev.infermark.reader.hlo;

import dev.infermark.reader.translate.Literal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often a loop runs: as the compiler noted it, or by a counter that is compared with a constant. */
final class HloTrips {
    private HloTrips() {}

    /** The trip count; empty where it is only known at run time. */
    static Optional<Long> count(HloModule module, HloInstruction loop, HloValue start) {
        long noted = loop.number("trip_count", -1);
        return noted >= 0 ? Optional.of(noted) : counted(module, loop, start);
    }

    /** From the counter's start to its limit by one, where the condition is counter &lt; limit. */
    private static Optional<Long> counted(HloModule module, HloInstruction loop, HloValue start) {
        if (loop.called().size() != 2) {
            return Optional.empty();
        }
        HloModule.Computation condition = module.computation(loop.called().get(1));
        Map<String, HloInstruction> byName = new HashMap<>();
        condition.instructions().forEach(instruction -> byName.put(instruction.name(), instruction));
        HloInstruction compare = condition.result();
        if (!compare.opcode().equals("compare") || !compare.text("direction").equals("LT")) {
            return Optional.empty();
        }
        List<HloInstruction> sides = compare.operands().stream()
                .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                .toList();
        if (sides.size() != 2
                || !sides.get(0).opcode().equals("get-tuple-element")
                || !sides.get(1).text("literal").strip().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        long limit = Long.parseLong(sides.get(1).text("literal").strip());
        return start.part(Math.toIntExact(sides.get(0).number("index", 0)))
                .array()
                .literal()
                .map(Literal::number)
                .map(first -> Math.max(0, limit - first));
    }
}
