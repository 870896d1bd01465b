package dev.infermark.deploy;

import dev.infermark.hardware.Figure;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/**
 * How large the parts of a compiled network are of which only totals were published.
 *
 * @param instruction bytes of one instruction
 * @param descriptor bytes that describe the transfer of one row to a DMA engine
 * @param row most bytes of a row
 */
record MemoryFigures(Figure instruction, Figure descriptor, Figure row) {
    static MemoryFigures builtIn() {
        try (InputStream in = Objects.requireNonNull(MemoryFigures.class.getResourceAsStream("memory.json"))) {
            return JsonMapper.shared().readValue(in, MemoryFigures.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of a program's instructions, all of which are written out. */
    long code(Program program, NeuronCore core) {
        return Math.round(sum(program, group -> instructions(group, core)) * instruction.base());
    }

    /** A number of whole parts, of which stages that share their work have as many. */
    private static double sum(Program program, ToDoubleFunction<InstructionGroup> number) {
        IdentityHashMap<List<InstructionGroup>, Double> known = new IdentityHashMap<>();
        double sum = 0;
        for (Stage stage : program.stages()) {
            sum += stage.repetitions()
                    * known.computeIfAbsent(
                            stage.groups(),
                            groups -> groups.stream().mapToDouble(number).sum());
        }
        return sum;
    }

    /** Instructions of as many columns as a bank of PSUM holds, and one for each tile that the array is loaded with. */
    private static double instructions(InstructionGroup group, NeuronCore core) {
        return switch (group) {
            case InstructionGroup.Matmuls matmuls ->
                    matmuls.stationaryTiles() * (1.0 + Math.ceilDiv(matmuls.movingColumns(), core.bankColumns()));
            case InstructionGroup.Passes passes ->
                    (double) passes.passes()
                            * passes.spread().tiles()
                            * Math.ceilDiv(passes.spread().columns(), core.bankColumns());
            case InstructionGroup.Gpsimd custom -> custom.runs();
            case InstructionGroup.Transfer transfer ->
                    rows((double) transfer.bytes(), (double) transfer.rowBytes(), Double.MAX_VALUE)
                            / core.sbuf().partitionCount();
        };
    }

    /**
     * Bytes of the descriptors: each row that is fetched, or given by or to the host, has one.
     *
     * @param scratchpad bytes of activations that are written and read in long rows
     * @param buffers activations that are written and read in rows of their own
     */
    long rings(Program program, long scratchpad, List<ActivationMemory.Buffer> buffers) {
        double rows = rows(program.inputBytes() + program.allOutputBytes() + 2.0 * scratchpad)
                + sum(
                        program,
                        group -> group instanceof InstructionGroup.Transfer transfer && isOfToday(transfer.purpose())
                                ? rows((double) transfer.bytes(), (double) transfer.rowBytes(), row.base())
                                : 0);
        for (ActivationMemory.Buffer buffer : buffers) {
            rows += 2 * rows((double) buffer.bytes(), (double) buffer.rowBytes(), row.base());
        }
        return Math.round(rows * descriptor.base());
    }

    /** What early compilers moved besides is no part of what today's ones compile. */
    private static boolean isOfToday(InstructionGroup.Purpose purpose) {
        return switch (purpose) {
            case WEIGHTS, SHARED_WEIGHTS, GATHER, SPILL -> true;
            case SCORES, RELAYOUT -> false;
        };
    }

    private double rows(double bytes) {
        return Math.ceil(bytes / row.base());
    }

    private static double rows(double bytes, double rowBytes, double most) {
        return rowBytes == 0 ? 0 : Math.ceil(bytes / rowBytes) * Math.ceil(rowBytes / most);
    }
}
