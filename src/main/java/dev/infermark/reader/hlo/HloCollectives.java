package dev.infermark.reader.hlo;

import dev.infermark.graph.Collective;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Exchanges between devices. What is started and waited for later is one exchange where it starts; several tensors that
 * go together are one exchange too.
 */
final class HloCollectives {
    private static final long MOST_CORES = 1 << 20;
    private static final String START = "-start";
    private static final String DONE = "-done";

    private HloCollectives() {}

    /** Whether an instruction waits for an exchange, or anything else, that was started before. */
    static boolean isDone(String opcode) {
        return opcode.equals("async-done")
                || opcode.equals("async-update")
                || (opcode.endsWith(DONE) && kind(opcode.substring(0, opcode.length() - DONE.length())).isPresent());
    }

    /** The kind of exchange of an instruction; empty for any other. */
    static Optional<Collective.Kind> kind(String opcode) {
        String whole = opcode.endsWith(START) ? opcode.substring(0, opcode.length() - START.length()) : opcode;
        return switch (whole) {
            case "all-reduce" -> Optional.of(Collective.Kind.ALL_REDUCE);
            case "all-gather" -> Optional.of(Collective.Kind.ALL_GATHER);
            case "reduce-scatter" -> Optional.of(Collective.Kind.REDUCE_SCATTER);
            case "all-to-all" -> Optional.of(Collective.Kind.ALL_TO_ALL);
            case "collective-permute" -> Optional.of(Collective.Kind.PERMUTE);
            default -> Optional.empty();
        };
    }

    /** The result of an exchange; a lone device gets what it gave. */
    static HloValue translate(HloNode node, Collective.Kind kind) {
        HloShape result = result(node.instruction());
        List<Value> parts =
                IntStream.range(0, node.operands().size()).mapToObj(node::complete).toList();
        int axis = node.instruction().axes("dimensions").stream().findFirst().orElse(0);
        long cores = cores(node, kind, parts, result.types().getFirst().shape().dimensions(), axis);
        List<Value> results = cores == 1 && parts.size() == result.types().size()
                ? parts
                : node.graph().addAll(node.name(), new Collective(kind, cores, axis), parts);
        return HloValue.shaped(result, new ArrayList<>(results));
    }

    /** Where an exchange starts, its shape is a tuple of what is given, of what is got, and of the device's marks. */
    private static HloShape result(HloInstruction instruction) {
        boolean isStart = instruction.opcode().endsWith(START) && !instruction.opcode().equals("all-reduce-start");
        HloShape shape = instruction.shape();
        if (!isStart) {
            return shape;
        }
        if (shape.parts().size() < 2) {
            throw new IllegalArgumentException("an exchange is started without the shape of its result");
        }
        return shape.parts().get(1);
    }

    private static long cores(
            HloNode node, Collective.Kind kind, List<Value> parts, List<Long> result, int axis) {
        HloInstruction instruction = node.instruction();
        long size = instruction.number("replica_group_size", 0);
        HloDevices devices = node.module().devices();
        boolean isAcrossPartitions = instruction.number("channel_id", 0) > 0;
        long cores = switch (kind) {
            case ALL_GATHER -> result.get(axis) / parts.getFirst().dimension(axis);
            case REDUCE_SCATTER -> parts.getFirst().dimension(axis) / result.get(axis);
            case ALL_REDUCE -> reducing(instruction, size, devices, isAcrossPartitions);
            case ALL_TO_ALL -> size > 0
                    ? size
                    : parts.size() > 1 ? parts.size() : isAcrossPartitions ? devices.partitions() : devices.replicas();
            case PERMUTE -> connected(instruction.list("source_target_pairs"));
        };
        if (cores < 1 || cores > MOST_CORES) {
            throw new IllegalArgumentException("an exchange among " + cores + " devices");
        }
        return cores;
    }

    /** Groups are of replicas, whose partitions all take part where there is a channel, or of single devices. */
    private static long reducing(
            HloInstruction instruction, long size, HloDevices devices, boolean isAcrossPartitions) {
        boolean areDevices = instruction.text("use_global_device_ids").equals("true") || size > devices.replicas();
        if (size > 0 && (areDevices || !isAcrossPartitions)) {
            return size;
        }
        long replicas = size > 0 ? size : devices.replicas();
        return isAcrossPartitions ? replicas * devices.partitions() : replicas;
    }

    /** The most devices that hand tensors to each other, directly or through others. */
    private static long connected(List<Long> pairs) {
        Map<Long, Set<Long>> groups = new HashMap<>();
        int most = 1;
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            Set<Long> source = group(groups, pairs.get(i));
            Set<Long> target = group(groups, pairs.get(i + 1));
            boolean isTargetLarger = source.size() < target.size();
            Set<Long> larger = isTargetLarger ? target : source;
            if (!source.equals(target)) {
                Set<Long> smaller = isTargetLarger ? source : target;
                larger.addAll(smaller);
                smaller.forEach(device -> groups.put(device, larger));
            }
            most = Math.max(most, larger.size());
        }
        return most;
    }

    private static Set<Long> group(Map<Long, Set<Long>> groups, long device) {
        return groups.computeIfAbsent(device, each -> new HashSet<>(Set.of(each)));
    }
}
