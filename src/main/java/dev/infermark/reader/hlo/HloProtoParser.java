package dev.infermark.reader.hlo;

import com.google.protobuf.CodedInputStream;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.file.MessageParts;
import dev.infermark.reader.file.WeightPath;
import dev.infermark.reader.hlo.HloModule.Computation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code HloModuleProto}, or the {@code HloProto} around it, field by field; the numbers are those of
 * {@code xla/service/hlo.proto} and {@code xla/xla_data.proto}.
 */
final class HloProtoParser {
    private static final int MOST_NESTED = 64;
    private static final int MOST_DEVICES = 1 << 20;
    private static final Pattern TRIP_COUNT = Pattern.compile("known_trip_count\\W+n\\W+(\\d{1,9})");
    private static final List<String> TYPES = List.of(
            "invalid", "pred", "s8", "s16", "s32", "s64", "u8", "u16", "u32", "u64", "f16", "f32", "f64", "tuple",
            "opaque", "c64", "bf16", "token", "c128", "f8e5m2", "f8e4m3fn", "s4", "u4", "f8e4m3b11fnuz",
            "f8e5m2fnuz", "f8e4m3fnuz");

    /** The elements of constants of every type, in a module or in the message around it. */
    static final WeightPath WEIGHTS = weights();

    /** What is counted: instructions of computations of a module, or of the module in the message around it. */
    static final MessageParts PARTS = parts();

    private HloProtoParser() {}

    private static MessageParts parts() {
        MessageParts instruction = new MessageParts();
        MessageParts computation = new MessageParts().through(2, instruction);
        MessageParts module = new MessageParts().through(3, computation);
        return new MessageParts().through(1, module).through(3, computation);
    }

    private static WeightPath weights() {
        WeightPath literal = WeightPath.at(2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 18);
        WeightPath instruction = WeightPath.through(Map.of(8, literal));
        WeightPath computation = WeightPath.through(Map.of(2, instruction));
        WeightPath module = WeightPath.through(Map.of(3, computation));
        return WeightPath.through(Map.of(1, module, 3, computation));
    }

    /** The module in a stream of fields. */
    static HloModule parse(CodedInputStream in) throws IOException {
        WireMessage outer = WireMessage.read(in);
        boolean isModule = outer.has(3) && outer.has(2);
        WireMessage module = isModule ? outer : outer.messages(1).getFirst();
        List<WireMessage> definitions = module.messages(3);
        Map<Long, String> names = new HashMap<>();
        for (WireMessage definition : definitions) {
            names.put(definition.number(5), definition.text(1) + "#" + definition.number(5));
        }
        Map<String, Computation> computations = new HashMap<>();
        String entry = "";
        for (WireMessage definition : definitions) {
            String name = names.getOrDefault(definition.number(5), "");
            computations.put(name, computation(name, definition, names));
            boolean isEntry = module.number(6) != 0
                    ? definition.number(5) == module.number(6)
                    : definition.text(1).equals(module.text(2));
            entry = isEntry ? name : entry;
        }
        return new HloModule(computations, entry, devices(module));
    }

    /** Of the partitions of a module only the assignment of devices tells, where there is one. */
    private static HloDevices devices(WireMessage module) throws IOException {
        long divided = 1;
        for (int field : new int[] {12, 14}) {
            for (WireMessage sharding : module.messages(field)) {
                divided = Math.max(divided, HloShardings.cores(sharding));
            }
        }
        List<WireMessage> assignments = module.messages(15);
        long replicas = assignments.isEmpty() ? 1 : assignments.getFirst().number(1);
        long partitions = assignments.isEmpty() ? divided : assignments.getFirst().number(2);
        return new HloDevices(
                Math.clamp(replicas, 1, MOST_DEVICES),
                Math.clamp(partitions, 1, MOST_DEVICES),
                divided > 1 ? OptionalLong.of(divided) : OptionalLong.empty(),
                HloDevices.axes(attributes(module, 19)));
    }

    private static Computation computation(String name, WireMessage definition, Map<Long, String> computations)
            throws IOException {
        Map<Long, String> names = new HashMap<>();
        List<WireMessage> instructions = definition.messages(2);
        for (WireMessage instruction : instructions) {
            names.put(instruction.number(35), instruction.text(1));
        }
        List<HloInstruction> read = new ArrayList<>();
        for (WireMessage instruction : instructions) {
            read.add(instruction(instruction, names, computations));
        }
        return new Computation(name, read, names.getOrDefault(definition.number(6), ""));
    }

    private static HloInstruction instruction(
            WireMessage message, Map<Long, String> names, Map<Long, String> computations) throws IOException {
        Map<String, List<Long>> numbers = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        String opcode = message.text(2);
        boolean isParameter = opcode.equals("parameter");
        numbers.put("index", List.of(isParameter ? message.number(9) : message.number(13)));
        numbers.put("dimensions", message.numbers(14));
        numbers.put(opcode.equals("iota") ? "iota_dimension" : "axes", message.numbers(14));
        numbers.put("dynamic_slice_sizes", message.numbers(20));
        numbers.put("feature_index", List.of(message.number(25)));
        numbers.put("slice_sizes", message.numbers(34));
        numbers.put("feature_group_count", List.of(Math.max(1, message.number(50))));
        List<Long> slices = new ArrayList<>();
        for (WireMessage slice : message.messages(17)) {
            slices.addAll(List.of(slice.number(1), slice.number(2), Math.max(1, slice.number(3))));
        }
        numbers.put("slice", slices);
        for (WireMessage dot : message.messages(30)) {
            numbers.put("lhs_contracting_dims", dot.numbers(1));
            numbers.put("rhs_contracting_dims", dot.numbers(2));
            numbers.put("lhs_batch_dims", dot.numbers(3));
            numbers.put("rhs_batch_dims", dot.numbers(4));
        }
        for (WireMessage gather : message.messages(33)) {
            numbers.put("offset_dims", gather.numbers(1));
            numbers.put("collapsed_slice_dims", gather.numbers(2));
            numbers.put("start_index_map", gather.numbers(3));
            numbers.put("index_vector_dim", List.of(gather.number(4)));
        }
        if (message.has(21)) {
            numbers.put("padding", padding(message.messages(21).getFirst()));
        }
        if (message.has(15)) {
            numbers.putAll(window(message.messages(15).getFirst()));
        }
        if (message.has(16)) {
            texts.put("dim_labels", labels(message.messages(16).getFirst()));
        }
        numbers.put("channel_id", List.of(message.number(26)));
        numbers.put("replica_group_size", List.of(groupSize(message)));
        List<Long> pairs = new ArrayList<>();
        for (WireMessage pair : message.messages(52)) {
            pairs.addAll(List.of(pair.number(1), pair.number(2)));
        }
        numbers.put("source_target_pairs", pairs);
        numbers.put("sharded_cores", List.of(shardedCores(message)));
        texts.put("frontend_attributes", attributes(message, 68));
        texts.put("use_global_device_ids", message.number(71) == 0 ? "false" : "true");
        Matcher trips = TRIP_COUNT.matcher(message.text(43));
        if (trips.find()) {
            numbers.put("trip_count", List.of(Long.parseLong(trips.group(1))));
        }
        texts.put("custom_call_target", message.text(28));
        texts.put("backend_config", message.text(43));
        texts.put("direction", message.text(63));
        texts.put("op_name", message.has(7) ? message.messages(7).getFirst().text(2) : "");
        texts.put("literal", message.has(8) ? literal(message.messages(8).getFirst()) : "");
        return new HloInstruction(
                message.text(1),
                opcode,
                message.has(3) ? shape(message.messages(3).getFirst(), 0) : HloShape.tuple(List.of()),
                looked(message.numbers(36), names),
                looked(message.numbers(38), computations),
                numbers,
                texts);
    }

    /** Devices of a group: of a list of groups, or of the form that newer versions write, which may be iota. */
    private static long groupSize(WireMessage message) throws IOException {
        List<WireMessage> groups = new ArrayList<>(message.messages(49));
        for (WireMessage list : message.messages(87)) {
            for (WireMessage iota : list.messages(2)) {
                return iota.number(2);
            }
            groups.addAll(list.messages(1));
        }
        return groups.isEmpty() ? 0 : groups.getFirst().numbers(1).size();
    }

    private static long shardedCores(WireMessage message) throws IOException {
        long cores = 1;
        for (WireMessage sharding : message.messages(40)) {
            cores = Math.max(cores, HloShardings.cores(sharding));
        }
        return Math.max(cores, HloShardings.cores(attributes(message, 68)));
    }

    /** The values of a frontend's attributes. */
    private static String attributes(WireMessage message, int field) throws IOException {
        StringBuilder values = new StringBuilder();
        for (WireMessage attributes : message.messages(field)) {
            for (WireMessage attribute : attributes.messages(1)) {
                values.append(attribute.text(2)).append('\n');
            }
        }
        return values.toString();
    }

    private static List<String> looked(List<Long> ids, Map<Long, String> names) {
        List<String> found = new ArrayList<>();
        for (long id : ids) {
            String name = names.get(id);
            if (name == null) {
                throw new IllegalArgumentException("id " + id + " is used and not there");
            }
            found.add(name);
        }
        return found;
    }

    private static HloShape shape(WireMessage message, int depth) throws IOException {
        if (depth > MOST_NESTED) {
            throw new IllegalArgumentException("tuples nested more than " + MOST_NESTED + " deep");
        }
        int type = (int) message.number(2);
        if (type < 0 || type >= TYPES.size()) {
            throw new IllegalArgumentException("element type " + type + " is not known");
        }
        if (TYPES.get(type).equals("tuple")) {
            List<HloShape> parts = new ArrayList<>();
            for (WireMessage part : message.messages(4)) {
                parts.add(shape(part, depth + 1));
            }
            return HloShape.tuple(parts);
        }
        DataType element = HloShape.elementType(TYPES.get(type));
        return HloShape.of(new TensorType(element, new Shape(message.numbers(3))));
    }

    private static List<Long> padding(WireMessage message) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (WireMessage axis : message.messages(1)) {
            numbers.addAll(List.of(axis.number(1), axis.number(2), axis.number(3)));
        }
        return numbers;
    }

    private static Map<String, List<Long>> window(WireMessage message) throws IOException {
        Map<String, List<Long>> window = new HashMap<>();
        for (WireMessage axis : message.messages(1)) {
            append(window, "window_size", axis.number(1));
            append(window, "window_stride", Math.max(1, axis.number(2)));
            append(window, "window_pad", axis.number(3));
            append(window, "window_pad", axis.number(4));
            append(window, "window_rhs_dilate", Math.max(1, axis.number(5)));
            append(window, "window_lhs_dilate", Math.max(1, axis.number(6)));
        }
        return window;
    }

    private static void append(Map<String, List<Long>> lists, String key, long number) {
        lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(number);
    }

    /** The numbers of axes as text writes them, such as {@code b01f_01io->b01f}. */
    private static String labels(WireMessage message) throws IOException {
        return labels('b', message.number(7), 'f', message.number(8), message.numbers(11))
                + "_" + labels('i', message.number(3), 'o', message.number(4), message.numbers(6))
                + "->" + labels('b', message.number(9), 'f', message.number(10), message.numbers(12));
    }

    private static String labels(char first, long firstAt, char second, long secondAt, List<Long> spatial) {
        char[] labels = new char[spatial.size() + 2];
        for (int i = 0; i < spatial.size(); i++) {
            labels[Math.toIntExact(spatial.get(i))] = (char) ('0' + i);
        }
        labels[Math.toIntExact(firstAt)] = first;
        labels[Math.toIntExact(secondAt)] = second;
        return new String(labels);
    }

    /** The only element of a scalar; others are of no interest. */
    private static String literal(WireMessage message) throws IOException {
        for (int field : new int[] {2, 4, 5, 6, 7}) {
            List<Long> numbers = message.numbers(field);
            if (numbers.size() == 1) {
                return String.valueOf(numbers.getFirst());
            }
        }
        return message.singleFloat(8);
    }
}
