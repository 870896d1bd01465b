package dev.infermark.report.generation;

import dev.infermark.base.NumberKind;
import dev.infermark.deploy.generate.CoreMemory;
import dev.infermark.deploy.generate.GroupMemory;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.List;

/** The memory of a group of cores as a table, by the classes of the runtime's dump. */
public final class FitReport {
    private static final double MIB = 0x1p20;

    private FitReport() {}

    /** A row per class, with the first core apart. */
    public static Table memory(GroupMemory memory) {
        CoreMemory first = memory.first();
        CoreMemory others = memory.others();
        return new Table(
                List.of(
                        Column.plain("memory_class", "Class"),
                        Column.result("first_core_mib", "First core", "MiB", NumberKind.MODELLED),
                        Column.result("other_core_mib", "Other cores", "MiB", NumberKind.MODELLED)),
                List.of(
                        row("code", first.code(), others.code()),
                        row("constants", first.constants(), others.constants()),
                        row("tensors", first.tensors(), others.tensors()),
                        row("scratchpad", first.scratchpad(), others.scratchpad()),
                        row("runtime", first.runtime(), others.runtime()),
                        row("dma rings", first.rings(), others.rings()),
                        row("collectives", first.collectives(), others.collectives()),
                        row("all", first.total(), others.total()),
                        row("capacity", memory.capacity(), memory.capacity()),
                        row("host, loading", memory.host(), memory.host()),
                        row("host, capacity", memory.hostCapacity(), memory.hostCapacity())));
    }

    private static List<Cell> row(String name, long first, long others) {
        return List.of(Cell.of(name), Cell.of(first / MIB), Cell.of(others / MIB));
    }
}
