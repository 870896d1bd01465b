package dev.infermark.reader.hlo;

import dev.infermark.base.UserError;
import dev.infermark.reader.hlo.HloModule.Computation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a module's entry computation between two sets of its instructions.
 *
 * @param module the whole module
 * @param inputs instructions whose results the caller gives; empty for the parameters
 * @param outputs instructions whose results the caller gets; empty for the root
 */
record HloCut(HloModule module, List<String> inputs, List<String> outputs) {
    /** The attribute of a parameter that stands for what computed it, and so is no weight. */
    static final String GIVEN = "given";

    private static final String ROOT = "cut.outputs";

    /** The part, with only those parameters that it reads. */
    HloModule part() {
        Computation entry = module.computation(module.entry());
        Map<String, HloInstruction> byName = new HashMap<>();
        entry.instructions().forEach(instruction -> byName.put(instruction.name(), instruction));
        List<String> wanted = outputs.isEmpty() ? List.of(entry.root()) : bare(outputs);
        List<String> given = bare(inputs);
        for (String name : given) {
            byName.put(name, parameter(known(byName, name)));
        }
        Set<String> reached = reached(byName, wanted);
        List<HloInstruction> part = new ArrayList<>();
        long parameters = 0;
        for (HloInstruction instruction : entry.instructions()) {
            if (reached.contains(instruction.name())) {
                HloInstruction kept = known(byName, instruction.name());
                part.add(kept.opcode().equals("parameter") ? numbered(kept, parameters++) : kept);
            }
        }
        String root = wanted.getFirst();
        if (wanted.size() > 1) {
            root = ROOT;
            HloShape shape = HloShape.tuple(wanted.stream().map(name -> known(byName, name).shape()).toList());
            part.add(new HloInstruction(ROOT, "tuple", shape, wanted, List.of(), Map.of(), Map.of()));
        }
        Map<String, Computation> computations = new HashMap<>(module.computations());
        computations.put(module.entry(), new Computation(entry.name(), part, root));
        return new HloModule(computations, module.entry(), module.devices());
    }

    private static Set<String> reached(Map<String, HloInstruction> byName, List<String> wanted) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        wanted.forEach(name -> open.add(known(byName, name).name()));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name)) {
                open.addAll(known(byName, name).operands());
            }
        }
        return reached;
    }

    private static HloInstruction parameter(HloInstruction computed) {
        return new HloInstruction(
                computed.name(),
                "parameter",
                computed.shape(),
                List.of(),
                List.of(),
                Map.of(GIVEN, List.of(1L)),
                computed.texts());
    }

    private static HloInstruction numbered(HloInstruction parameter, long index) {
        Map<String, List<Long>> numbers = new HashMap<>(parameter.numbers());
        numbers.put("index", List.of(index));
        return new HloInstruction(
                parameter.name(), "parameter", parameter.shape(), List.of(), List.of(), numbers, parameter.texts());
    }

    private static HloInstruction known(Map<String, HloInstruction> byName, String name) {
        HloInstruction found = byName.get(name);
        if (found == null) {
            throw new UserError("the entry computation has no instruction " + name
                    + "; name one of it for --input and --output");
        }
        return found;
    }

    private static List<String> bare(List<String> names) {
        return names.stream().map(HloLine::bare).toList();
    }
}
