package dev.infermark.report.generation;

import dev.infermark.deploy.CoreMemory;
import dev.infermark.deploy.HostMemory;
import dev.infermark.deploy.MemoryUse;
import dev.infermark.deploy.generate.GroupMemory;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.List;

/** The memory of a group of cores as a table, by the classes of the runtime's dump. */
public final class FitReport {
    private static final double MIB = 0x1p20;

    private FitReport() {}

    /** A row per class, with the first core of a group apart. */
    public static Table memory(GroupMemory memory) {
        return memory.first().equals(memory.others())
                ? table(memory.first(), memory.capacity(), memory.host(), memory.hostCapacity())
                : table(memory);
    }

    /** A row per class of what each core holds that has a copy of a network which is called once for an answer. */
    public static Table memory(MemoryUse memory, HostMemory host) {
        return table(memory.core(), memory.capacity(), host.total(), host.instance().hostMemoryBytes());
    }

    private static Table table(GroupMemory memory) {
        CoreMemory first = memory.first();
        CoreMemory others = memory.others();
        return new Table(
                List.of(
                        Column.plain("memory_class", "Class"),
                        Column.modelled("first_core_mib", "First core", "MiB"),
                        Column.modelled("other_core_mib", "Other cores", "MiB")),
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

    private static Table table(CoreMemory core, long capacity, long host, long hostCapacity) {
        return new Table(
                List.of(
                        Column.plain("memory_class", "Class"),
                        Column.modelled("core_mib", "Each core", "MiB")),
                List.of(
                        row("code", core.code()),
                        row("constants", core.constants()),
                        row("tensors", core.tensors()),
                        row("scratchpad", core.scratchpad()),
                        row("runtime", core.runtime()),
                        row("dma rings", core.rings()),
                        row("collectives", core.collectives()),
                        row("all", core.total()),
                        row("capacity", capacity),
                        row("host, loading", host),
                        row("host, capacity", hostCapacity)));
    }

    private static List<Cell> row(String name, long bytes) {
        return List.of(Cell.of(name), Cell.of(bytes / MIB));
    }

    private static List<Cell> row(String name, long first, long others) {
        return List.of(Cell.of(name), Cell.of(first / MIB), Cell.of(others / MIB));
    }
}
