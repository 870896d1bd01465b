package dev.infermark.reader.hlo;

import dev.infermark.base.UserError;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Graph;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.Guard;
import dev.infermark.reader.hlo.HloModule.Computation;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a module's entry computation, and what it calls, as one graph. */
final class HloTranslator {
    /** Loops of no more trips are always written out: a first, a middle and a last one. */
    private static final int FEW_TRIPS = 3;
    /** Instructions of all trips up to which a loop is written out, so that each layer of a scan has its own name. */
    private static final int MOST_WRITTEN = 20_000;

    /** Computations that call computations; compilers need fewer than ten. */
    private static final int MOST_CALLS = 64;

    private final HloModule module;
    private final GraphChoices choices;
    private final HloWeightFinder weights;
    private final Translation graph;
    private final HloSizes sizes;

    HloTranslator(String title, HloModule module, GraphChoices choices) {
        this.module = module;
        this.choices = choices;
        this.weights = new HloWeightFinder(module, new HloWeights(choices.weights()));
        this.graph = new Translation(title);
        this.sizes = new HloSizes(module);
    }

    /** The graph. */
    Graph translate() {
        Computation entry = module.computation(module.entry());
        List<HloInstruction> parameters = entry.instructions().stream()
                .filter(instruction -> instruction.opcode().equals("parameter"))
                .sorted((a, b) -> Long.compare(a.number("index", 0), b.number("index", 0)))
                .toList();
        List<HloValue> arguments = new ArrayList<>();
        for (HloInstruction parameter : parameters) {
            if (parameter.number("index", 0) != arguments.size()) {
                throw new IllegalArgumentException("parameter " + arguments.size() + " of the entry is not there");
            }
            arguments.add(argument(parameter, parameter.shape(), parameter.name()));
        }
        HloValue result = call(module.entry(), arguments, "", 0);
        return graph.finish(complete(result, entry.result().shape()));
    }

    /** Parts of tuples are inputs; whether they are weights cannot be told one by one. */
    private HloValue argument(HloInstruction parameter, HloShape shape, String name) {
        if (shape.array().isPresent()) {
            boolean isWeight = parameter.number(HloCut.GIVEN, 0) == 0 && weights.isWeight(parameter);
            return new HloValue.Array(isWeight
                    ? graph.parameter(name, shape.type())
                    : graph.input(name, shape.type()));
        }
        List<HloValue> parts = new ArrayList<>();
        for (HloShape part : shape.parts()) {
            parts.add(argument(parameter, part, name + "." + parts.size()));
        }
        return new HloValue.Tuple(parts);
    }

    /** The arrays of the result, with all axes that they are declared to have. */
    private List<Value> complete(HloValue result, HloShape shape) {
        List<Value> arrays = result.arrays();
        List<TensorType> types = shape.types();
        List<Value> complete = new ArrayList<>();
        for (int i = 0; i < Math.min(arrays.size(), types.size()); i++) {
            complete.add(HloOperand.complete(graph, "result", arrays.get(i), types.get(i)));
        }
        return complete;
    }

    /** The result of a computation for these arguments. */
    private HloValue call(String name, List<HloValue> arguments, String prefix, int depth) {
        if (depth > MOST_CALLS) {
            throw new IllegalArgumentException("more than " + MOST_CALLS + " calls inside each other");
        }
        Computation computation = module.computation(name);
        Map<String, HloValue> values = new HashMap<>();
        Map<String, HloShape> shapes = new HashMap<>();
        for (HloInstruction instruction : computation.instructions()) {
            graph.spend(1L + instruction.operands().size() + instruction.shape().parts().size());
            HloValue value = instruction.opcode().equals("parameter")
                    ? argument(arguments, Math.toIntExact(instruction.number("index", 0)))
                    : translate(instruction, values, shapes, prefix, depth);
            if (values.put(instruction.name(), value) != null) {
                throw new IllegalArgumentException("the name " + instruction.name() + " is given twice");
            }
            shapes.put(instruction.name(), instruction.shape());
        }
        return look(values, computation.root());
    }

    private static HloValue argument(List<HloValue> arguments, int index) {
        if (index < 0 || index >= arguments.size()) {
            throw new IllegalArgumentException("parameter " + index + " of " + arguments.size());
        }
        return arguments.get(index);
    }

    private static HloValue look(Map<String, HloValue> values, String name) {
        HloValue value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is read before it is written, or not there");
        }
        return value;
    }

    private HloValue translate(
            HloInstruction instruction,
            Map<String, HloValue> values,
            Map<String, HloShape> shapes,
            String prefix,
            int depth) {
        List<HloValue> operands =
                instruction.operands().stream().map(name -> look(values, name)).toList();
        if (HloCollectives.isDone(instruction.opcode())) {
            return operands.getFirst();
        }
        String name = prefix + label(instruction);
        try {
            return switch (instruction.opcode()) {
                case "tuple" -> new HloValue.Tuple(operands);
                case "get-tuple-element" ->
                        operands.getFirst().part(Math.toIntExact(instruction.number("index", 0)));
                case "optimization-barrier", "domain", "add-dependency" ->
                        operands.size() == 1 || !instruction.opcode().equals("optimization-barrier")
                                ? operands.getFirst()
                                : new HloValue.Tuple(operands);
                case "fusion", "call", "async-start" ->
                        call(instruction.called().getFirst(), operands, prefix, depth + 1);
                case "while" -> loop(instruction, operands.getFirst(), name, depth);
                case "conditional" -> conditional(instruction, operands, prefix + instruction.name(), depth);
                default -> operation(instruction, operands, shapes, name);
            };
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException e) {
            String cause = Guard.cause(e, "it does not fit its operands or attributes");
            String known = instruction.opcode() + " " + instruction.name();
            throw new IllegalArgumentException(cause.contains(": ") ? cause : known + ": " + cause, e);
        }
    }

    /** An operation on arrays. */
    private HloValue operation(
            HloInstruction instruction, List<HloValue> operands, Map<String, HloShape> shapes, String name) {
        List<Value> arrays = operands.stream().flatMap(operand -> operand.arrays().stream()).toList();
        List<TensorType> types = instruction.operands().stream()
                .flatMap(operand -> Optional.ofNullable(shapes.get(operand)).stream())
                .flatMap(shape -> shape.types().stream())
                .toList();
        HloNode node = new HloNode(graph, module, instruction, name, arrays, types);
        Optional<HloValue> known = HloOperations.translate(node);
        return known.orElseGet(() -> unknown(node));
    }

    /** The branch that is known or chosen to run; without either, what is not modelled. */
    private HloValue conditional(HloInstruction instruction, List<HloValue> operands, String name, int depth) {
        List<String> branches = instruction.called();
        if (branches.size() + 1 != operands.size()) {
            throw new IllegalArgumentException(branches.size() + " branches for " + operands.size() + " operands");
        }
        Optional<Integer> taken =
                known(operands.getFirst().array(), branches.size()).or(() -> choices.branch(name));
        if (taken.isPresent()) {
            int branch = taken.get();
            return call(branches.get(branch), List.of(operands.get(branch + 1)), name + "/", depth + 1);
        }
        List<Value> arrays = operands.stream().flatMap(operand -> operand.arrays().stream()).toList();
        List<Value> results = graph.addAll(
                name, Custom.conditional(branches.size(), instruction.shape().types()), arrays);
        return HloValue.shaped(instruction.shape(), new ArrayList<>(results));
    }

    /** True is the first branch; an index beyond the branches is the last one. */
    private static Optional<Integer> known(Value condition, int branches) {
        return condition.literal().map(literal -> {
            if (condition.tensor().type().type() == DataType.BOOL) {
                return literal.value() != 0 ? 0 : 1;
            }
            long index = literal.number();
            return index < 0 || index >= branches ? branches - 1 : Math.toIntExact(index);
        });
    }

    /** A loop with a known trip count, its body written as often as it runs, or once for all middle trips. */
    private HloValue loop(HloInstruction instruction, HloValue start, String name, int depth) {
        Optional<Long> trips = HloTrips.count(module, instruction, start);
        if (trips.isEmpty()) {
            List<Value> results = graph.addAll(name, new Custom("while", instruction.shape().types()), start.arrays());
            return HloValue.shaped(instruction.shape(), new ArrayList<>(results));
        }
        String body = instruction.called().getFirst();
        long written = Math.multiplyExact(trips.get(), sizes.instructions(body));
        if (trips.get() > FEW_TRIPS && written > MOST_WRITTEN) {
            return repeated(body, trips.get(), start, name, depth + 1);
        }
        HloValue state = start;
        for (long trip = 0; trip < trips.get(); trip++) {
            state = call(body, List.of(state), name + "." + trip + "/", depth + 1);
        }
        return state;
    }

    /**
     * A loop that is too long to be written out: its first trip, all between as one that runs that often, and its last.
     * What a trip changes, such as the counter, is not known in the later ones.
     */
    private HloValue repeated(String body, long trips, HloValue start, String name, int depth) {
        HloValue first = call(body, List.of(start), name + ".first/", depth);
        HloValue entry = unknown(start, first, name + ".counter");
        HloValue middle = graph.repeated(trips - 2, () -> call(body, List.of(entry), name + ".middle/", depth));
        return call(body, List.of(unknown(entry, middle, name + ".counter")), name + ".last/", depth);
    }

    /** What a trip has made of a value, without the elements that it has changed. */
    private HloValue unknown(HloValue before, HloValue after, String name) {
        return switch (after) {
            case HloValue.Array(Value value) -> before.equals(after) || value.literal().isEmpty()
                    ? after
                    : new HloValue.Array(graph.constant(name, value.tensor().type()));
            case HloValue.Tuple(List<HloValue> parts, _) -> {
                List<HloValue> made = new ArrayList<>();
                for (int i = 0; i < parts.size(); i++) {
                    made.add(unknown(before.part(i), parts.get(i), name + "." + i));
                }
                yield new HloValue.Tuple(made);
            }
        };
    }

    private HloValue unknown(HloNode node) {
        String target = node.instruction().text("custom_call_target");
        String operator = target.isEmpty() ? node.instruction().opcode() : target;
        List<Value> results =
                graph.addAll(node.name(), new Custom(operator, node.instruction().shape().types()), node.operands());
        return HloValue.shaped(node.instruction().shape(), new ArrayList<>(results));
    }

    /** The framework's path to the operation where the file has it, which tells the layer. */
    private static String label(HloInstruction instruction) {
        String path = instruction.text("op_name");
        return path.contains("/") ? path : instruction.name();
    }
}
