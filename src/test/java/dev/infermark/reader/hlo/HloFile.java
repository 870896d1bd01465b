package dev.infermark.reader.hlo;

import static dev.infermark.reader.hlo.HloBytes.attributes;
import static dev.infermark.reader.hlo.HloBytes.braces;
import static dev.infermark.reader.hlo.HloBytes.message;
import static dev.infermark.reader.hlo.HloBytes.minorToMajor;
import static dev.infermark.reader.hlo.HloBytes.numbered;
import static dev.infermark.reader.hlo.HloBytes.numbers;
import static dev.infermark.reader.hlo.HloBytes.opSharding;
import static dev.infermark.reader.hlo.HloBytes.quoted;

import dev.infermark.reader.hlo.HloBytes.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Records an HLO module and writes it as XLA does, as text or as a protocol buffer. */
final class HloFile {

    /** Before the type of what is started and waited for later, whose shape is that of its operand and its result. */
    static final String STARTED = "started ";

    private final List<Computation> computations = new ArrayList<>();
    private final List<Fields> more = new ArrayList<>();
    private String header = "";
    private long ids;

    /** What an instruction has beside its operands, in both forms. */
    record Attribute(String text, Fields fields) {
        static final Attribute NONE = new Attribute("", _ -> {});

        static Attribute dimensions(long... dimensions) {
            return new Attribute("dimensions=" + braces(dimensions), out -> numbers(out, 14, dimensions));
        }

        static Attribute direction(String direction) {
            return new Attribute("direction=" + direction, out -> out.writeString(63, direction));
        }

        static Attribute products(long[] leftBatch, long[] left, long[] rightBatch, long[] right) {
            String batch = "lhs_batch_dims=" + braces(leftBatch) + ", ";
            String text = (leftBatch.length > 0 ? batch : "") + "lhs_contracting_dims=" + braces(left)
                    + (rightBatch.length > 0 ? ", rhs_batch_dims=" + braces(rightBatch) : "")
                    + ", rhs_contracting_dims=" + braces(right);
            return new Attribute(text, out -> out.writeByteArray(30, message(dot -> {
                numbers(dot, 1, left);
                numbers(dot, 2, right);
                numbers(dot, 3, leftBatch);
                numbers(dot, 4, rightBatch);
            })));
        }

        static Attribute rows(long width) {
            String text = "offset_dims={2}, collapsed_slice_dims={0}, start_index_map={0}, index_vector_dim=2, "
                    + "slice_sizes={1," + width + "}";
            return new Attribute(text, out -> {
                out.writeByteArray(33, message(gather -> {
                    numbers(gather, 1, 2);
                    numbers(gather, 2, 0);
                    numbers(gather, 3, 0);
                    gather.writeInt64(4, 2);
                }));
                numbers(out, 34, 1, width);
            });
        }

        static Attribute starts(long... limits) {
            String ranges = Arrays.stream(limits).mapToObj(limit -> "[0:" + limit + "]")
                    .collect(Collectors.joining(", "));
            return new Attribute("slice={" + ranges + "}", out -> {
                for (long limit : limits) {
                    out.writeByteArray(17, message(slice -> {
                        slice.writeInt64(2, limit);
                        slice.writeInt64(3, 1);
                    }));
                }
            });
        }

        /** Groups of devices that exchange, listed one by one. */
        static Attribute groups(long[]... groups) {
            String text = Arrays.stream(groups).map(HloBytes::braces).collect(Collectors.joining(",", "{", "}"));
            return new Attribute("replica_groups=" + text, out -> {
                for (long[] group : groups) {
                    out.writeByteArray(49, message(ids -> numbers(ids, 1, group)));
                }
            });
        }

        /** The same as a rule, as newer versions write them. */
        static Attribute iota(long count, long size) {
            String text = "replica_groups=[" + count + "," + size + "]<=[" + count * size + "]";
            return new Attribute(text, out -> out.writeByteArray(87, message(list ->
                    list.writeByteArray(2, message(iota -> {
                        iota.writeInt64(1, count);
                        iota.writeInt64(2, size);
                        numbers(iota, 3, count * size);
                    })))));
        }

        /** Who hands a tensor to whom. */
        static Attribute pairs(long[]... pairs) {
            String text = Arrays.stream(pairs).map(HloBytes::braces).collect(Collectors.joining(",", "{", "}"));
            return new Attribute("source_target_pairs=" + text, out -> {
                for (long[] pair : pairs) {
                    out.writeByteArray(52, message(each -> {
                        each.writeInt64(1, pair[0]);
                        each.writeInt64(2, pair[1]);
                    }));
                }
            });
        }

        static Attribute channel(long id) {
            return new Attribute("channel_id=" + id, out -> out.writeInt64(26, id));
        }

        static Attribute globalIds() {
            return new Attribute("use_global_device_ids=true", out -> out.writeBool(71, true));
        }

        /** A sharding of dimensions, the last of which copies where it is said to. */
        static Attribute sharding(boolean copies, long... tiles) {
            String text = numbered("devices=[", tiles, "]<=[" + Arrays.stream(tiles).reduce(1, (a, b) -> a * b) + "]");
            return new Attribute(
                    "sharding={" + text + (copies ? " last_tile_dim_replicate" : "") + "}",
                    out -> out.writeByteArray(40, opSharding(copies, tiles)));
        }

        /** What a framework says in words of its own. */
        static Attribute frontend(String key, String value) {
            return new Attribute(
                    "frontend_attributes={" + key + "=" + quoted(value) + "}",
                    out -> out.writeByteArray(68, attributes(key, value)));
        }

        Attribute and(Attribute other) {
            return new Attribute(text + ", " + other.text, out -> {
                fields.write(out);
                other.fields.write(out);
            });
        }

        private Attribute calling(Computation called) {
            String separator = text.isEmpty() ? "" : text + ", ";
            return new Attribute(separator + "to_apply=" + called.name, out -> {
                fields.write(out);
                numbers(out, 38, called.id);
            });
        }
    }

    /** An instruction: its type and its operands. */
    static final class Instruction {
        private final long id;
        private final String name;
        private final String opcode;
        private final String element;
        private final long[] dimensions;
        private final List<Instruction> operands;
        private final String inside;
        private final Attribute attribute;

        private Instruction(
                long id,
                String name,
                String opcode,
                String element,
                long[] dimensions,
                List<Instruction> operands,
                String inside,
                Attribute attribute) {
            this.id = id;
            this.name = name;
            this.opcode = opcode;
            this.element = element;
            this.dimensions = dimensions.clone();
            this.operands = operands;
            this.inside = inside;
            this.attribute = attribute;
        }

        long[] dimensions() {
            return dimensions.clone();
        }

        private String type() {
            if (element.equals("tuple")) {
                return operands.stream().map(Instruction::type).collect(Collectors.joining(", ", "(", ")"));
            }
            String layout = dimensions.length == 0 ? "" : braces(minorToMajor(dimensions));
            String result = bare() + numbered("[", dimensions, "]") + layout;
            return isStarted() ? "(" + operands.getFirst().type() + ", " + result + ")" : result;
        }

        private boolean isStarted() {
            return element.startsWith(STARTED);
        }

        private String bare() {
            return isStarted() ? element.substring(STARTED.length()) : element;
        }

        private byte[] shape() {
            if (element.equals("tuple")) {
                return HloBytes.tuple(operands.stream().map(Instruction::shape).toList());
            }
            byte[] result = HloBytes.shape(bare(), dimensions);
            return isStarted() ? HloBytes.tuple(List.of(operands.getFirst().shape(), result)) : result;
        }

        private String text() {
            String arguments = operands.isEmpty()
                    ? inside
                    : operands.stream().map(operand -> operand.name).collect(Collectors.joining(", "));
            String more = attribute.text.isEmpty() ? "" : ", " + attribute.text;
            return name + " = " + type() + " " + opcode + "(" + arguments + ")" + more;
        }

        private byte[] bytes() {
            return message(out -> {
                out.writeString(1, name);
                out.writeString(2, opcode);
                out.writeByteArray(3, shape());
                numbers(out, 36, operands.stream().mapToLong(operand -> operand.id).toArray());
                out.writeInt64(35, id);
                attribute.fields.write(out);
            });
        }
    }

    /** One computation; the last instruction is its result. */
    final class Computation {
        private final String name;
        private final long id = ++ids;
        private final List<Instruction> instructions = new ArrayList<>();
        private long parameters;

        private Computation(String name) {
            this.name = name;
        }

        Instruction parameter(String label, String element, long... dimensions) {
            long index = parameters++;
            Attribute attribute = new Attribute("", out -> out.writeInt64(9, index));
            return add(label, "parameter", element, dimensions, List.of(), String.valueOf(index), attribute);
        }

        /** A parameter that shall be divided. */
        Instruction parameter(String label, Attribute sharding, String element, long... dimensions) {
            long index = parameters++;
            Attribute attribute = new Attribute(sharding.text, out -> {
                out.writeInt64(9, index);
                sharding.fields.write(out);
            });
            return add(label, "parameter", element, dimensions, List.of(), String.valueOf(index), attribute);
        }

        Instruction number(String text) {
            return constant("f32", text, out -> out.writeByteArray(8, message(literal -> {
                literal.writeByteArray(1, HloBytes.shape("f32"));
                literal.writeByteArray(8, message(packed -> packed.writeFloatNoTag(
                        Float.parseFloat(text.replace("inf", "Infinity").replace("nan", "NaN")))));
            })));
        }

        Instruction whole(int number) {
            return constant("s32", String.valueOf(number), out -> out.writeByteArray(8, message(literal -> {
                literal.writeByteArray(1, HloBytes.shape("s32"));
                numbers(literal, 4, number);
            })));
        }

        private Instruction constant(String element, String text, Fields literal) {
            return add("constant", "constant", element, new long[0], List.of(), text, new Attribute("", literal));
        }

        Instruction op(String opcode, Attribute attribute, String element, long[] dimensions, Instruction... operands) {
            return add(opcode, opcode, element, dimensions, List.of(operands), "", attribute);
        }

        /** A function of elements, with the type of the first operand. */
        Instruction map(String opcode, Instruction... operands) {
            return op(opcode, Attribute.NONE, operands[0].element, operands[0].dimensions, operands);
        }

        Instruction call(
                String opcode, Computation called, Attribute attribute, long[] dimensions, Instruction... operands) {
            return op(opcode, attribute.calling(called), "f32", dimensions, operands);
        }

        /** One instruction on several tensors, whose results have their types. */
        Instruction callAll(String opcode, Computation called, Attribute attribute, Instruction... operands) {
            return op(opcode, attribute.calling(called), "tuple", new long[0], operands);
        }

        /** The results of several instructions. */
        Instruction tuple(Instruction... operands) {
            return op("tuple", Attribute.NONE, "tuple", new long[0], operands);
        }

        private Instruction add(
                String label,
                String opcode,
                String element,
                long[] dimensions,
                List<Instruction> operands,
                String inside,
                Attribute attribute) {
            long number = ++ids;
            Instruction added = new Instruction(
                    number, label + "." + number, opcode, element, dimensions, operands, inside, attribute);
            instructions.add(added);
            return added;
        }
    }

    /** Starts a computation; the last one started is the entry. */
    Computation computation(String name) {
        Computation started = new Computation(name);
        computations.add(started);
        return started;
    }

    /** A computation of two numbers. */
    Computation pair(String name, String opcode) {
        Computation pair = computation(name);
        pair.map(opcode, pair.parameter("a", "f32"), pair.parameter("b", "f32"));
        return pair;
    }

    /** Says how many devices the module is for. */
    HloFile onDevices(long replicas, long partitions) {
        header = ", replica_count=" + replicas + ", num_partitions=" + partitions;
        more.add(module -> module.writeByteArray(15, message(assignment -> {
            assignment.writeInt64(1, replicas);
            assignment.writeInt64(2, partitions);
        })));
        return this;
    }

    /** Says, as a partitioner does in a protocol buffer, how parameters were divided. */
    HloFile divided(long... tiles) {
        more.add(module -> module.writeByteArray(14, opSharding(false, tiles)));
        return this;
    }

    /** Says, as JAX does for Shardy, how devices lie. */
    HloFile onMesh(String mesh) {
        String key = "xla.sdy.meshes";
        header = ", frontend_attributes={" + key + "=" + quoted(mesh) + "}";
        more.add(module -> module.writeByteArray(19, attributes(key, mesh)));
        return this;
    }

    String text() {
        StringBuilder text = new StringBuilder("HloModule jit_network, entry_computation_layout={()->()}")
                .append(header).append('\n');
        for (Computation computation : computations) {
            String entry = computation.equals(computations.getLast()) ? "ENTRY " : "";
            text.append('\n').append(entry).append(computation.name).append(" {\n");
            for (Instruction instruction : computation.instructions) {
                boolean isRoot = instruction.equals(computation.instructions.getLast());
                text.append(isRoot ? "  ROOT " : "  ").append(instruction.text()).append('\n');
            }
            text.append("}\n");
        }
        return text.toString();
    }

    byte[] bytes() {
        return message(module -> {
            module.writeString(1, "jit_network");
            module.writeString(2, computations.getLast().name);
            for (Computation computation : computations) {
                module.writeByteArray(3, message(out -> {
                    out.writeString(1, computation.name);
                    for (Instruction instruction : computation.instructions) {
                        out.writeByteArray(2, instruction.bytes());
                    }
                    out.writeInt64(5, computation.id);
                    out.writeInt64(6, computation.instructions.getLast().id);
                }));
            }
            module.writeInt64(6, computations.getLast().id);
            for (Fields fields : more) {
                fields.write(module);
            }
        });
    }
}
