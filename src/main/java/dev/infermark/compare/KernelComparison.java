package dev.infermark.compare;

import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.KernelWork;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.Operation;
import dev.infermark.hardware.Catalog;
import dev.infermark.kernel.gpsimd.CustomOperators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One operation of one type and shape: every implementation measured on the host, and each generation modelled.
 *
 * @param operation the operation
 * @param type element type
 * @param shape sizes
 * @param measured one row per implementation; a peer's may be of another operation where that is the same to it
 * @param inf1 a NeuronCore-v1
 * @param inf2 a NeuronCore-v2
 */
public record KernelComparison(
        Operation operation, String type, String shape, List<MeasuredRow> measured, CoreTime inf1, CoreTime inf2) {

    private static final Set<String> OURS = Set.of("simd", "reference");

    /** Peers have no order of sums to choose, and one layout of images. */
    private static final Map<Operation, Operation> SAME_TO_PEERS = Map.of(
            Operation.Matmul.MATMUL_PSUM, Operation.Matmul.MATMUL,
            Operation.Convolution.CONV2D_NHWC, Operation.Convolution.CONV2D_NCHW);

    private record Key(Operation operation, String type, String shape) {}

    /** Copies the list. */
    public KernelComparison {
        measured = List.copyOf(measured);
    }

    /** Joins the rows of a run with what the cores of Inferentia1 and Inferentia2 take, in the order of the run. */
    public static List<KernelComparison> join(BenchmarkResults results, Catalog catalog, CustomOperators operators) {
        KernelModel inf1 = new KernelModel(catalog.chip("inferentia1").core(), operators);
        KernelModel inf2 = new KernelModel(catalog.chip("inferentia2").core(), operators);
        Map<Key, List<MeasuredRow>> operations = new LinkedHashMap<>();
        for (MeasuredRow row : results.measurements()) {
            BenchmarkId id = row.id();
            operations
                    .computeIfAbsent(new Key(id.operation(), id.type(), id.shape()), _ -> new ArrayList<>())
                    .add(row);
        }
        return operations.entrySet().stream()
                .map(entry -> of(entry.getValue(), elsewhere(entry.getKey(), operations), inf1, inf2))
                .toList();
    }

    /** Peers' rows of what is the same operation to them. */
    private static List<MeasuredRow> elsewhere(Key key, Map<Key, List<MeasuredRow>> operations) {
        return Optional.ofNullable(SAME_TO_PEERS.get(key.operation())).stream()
                .map(operation -> operations.get(new Key(operation, key.type(), key.shape())))
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(row -> !OURS.contains(row.id().implementation()))
                .toList();
    }

    /** Whether the operation is one that a core could do too. */
    public boolean isComparable() {
        return !(inf2 instanceof CoreTime.NotComparable);
    }

    /** The names of what was measured beside our own kernels and their plain reference, in alphabetical order. */
    public List<String> peers() {
        return measured.stream()
                .map(row -> row.id().implementation())
                .filter(name -> !OURS.contains(name))
                .sorted()
                .toList();
    }

    /** What a call must do at least, empty where that cannot be said. */
    public Optional<KernelWork> work() {
        return KernelWork.of(measured.getFirst().id());
    }

    /** How fast an implementation is, empty where it was not measured or its work cannot be said. */
    public Optional<Rate> rate(String implementation) {
        return of(implementation).flatMap(row -> work().map(work -> Rate.of(work, type, row.micros())));
    }

    /** The row of one implementation's name, empty where it was not measured. */
    public Optional<MeasuredRow> of(String implementation) {
        return measured.stream()
                .filter(row -> row.id().implementation().equals(implementation))
                .findFirst();
    }

    /** How many times the speed of another implementation one has, empty where either was not measured. */
    public OptionalDouble speedUp(String implementation, String baseline) {
        return of(implementation).stream()
                .flatMap(row -> of(baseline).stream().map(row::speedOver))
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private static KernelComparison of(
            List<MeasuredRow> rows, List<MeasuredRow> elsewhere, KernelModel inf1, KernelModel inf2) {
        BenchmarkId id = rows.getFirst().id();
        List<MeasuredRow> measured =
                Stream.concat(rows.stream(), elsewhere.stream()).toList();
        return new KernelComparison(id.operation(), id.type(), id.shape(), measured, inf1.time(id), inf2.time(id));
    }
}
