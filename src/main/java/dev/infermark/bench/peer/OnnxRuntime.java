package dev.infermark.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime on the CPU with one thread, through its C interface: a table of functions that is only ever added to,
 * so that a function's place in it is the same in every version.
 */
@SuppressWarnings("restricted") // calling native code is what this is for
public final class OnnxRuntime {
    /** The variable that names the library's file where it is not on the library path. */
    public static final String FILE_VARIABLE = "INFERMARK_ONNXRUNTIME";

    /** Where {@code scripts/peers} puts the library. */
    private static final Path INSTALLED =
            Path.of(System.getProperty("user.home"), ".cache", "infermark", "libonnxruntime.so");

    static final NativePeer PEER = new NativePeer(
            "ONNX Runtime",
            List.of(
                    System.getenv().getOrDefault(FILE_VARIABLE, INSTALLED.toString()),
                    "libonnxruntime.so",
                    "libonnxruntime.so.1",
                    "libonnxruntime.dylib"),
            "run 'scripts/peers', or let " + FILE_VARIABLE + " name its libonnxruntime",
            Map.of());

    /** The oldest version of the interface that has all functions used here. */
    private static final int API_VERSION = 11;

    private static final int GET_ERROR_MESSAGE = 2;
    private static final int CREATE_ENV = 3;
    private static final int CREATE_SESSION_FROM_ARRAY = 8;
    private static final int RUN = 9;
    private static final int CREATE_SESSION_OPTIONS = 10;
    private static final int SET_INTRA_OP_NUM_THREADS = 24;
    private static final int CREATE_TENSOR_WITH_DATA = 49;
    private static final int CREATE_CPU_MEMORY_INFO = 69;

    private static final int LOG_ERRORS = 3;
    private static final int DEVICE_ALLOCATOR = 0;
    private static final int DEFAULT_MEMORY = 0;
    private static final int FLOAT = 1;

    private static final MemoryLayout STRING = ADDRESS.withTargetLayout(
            MemoryLayout.sequenceLayout(Integer.MAX_VALUE, JAVA_BYTE));

    private final Arena arena = Arena.global();
    private final MemorySegment functions;
    private final MethodHandle run;

    private OnnxRuntime(SymbolLookup library) {
        MethodHandle getApi = handle(base(library).get(ADDRESS, 0), FunctionDescriptor.of(ADDRESS, JAVA_INT));
        functions = ((MemorySegment) invoke(getApi, API_VERSION))
                .reinterpret((CREATE_CPU_MEMORY_INFO + 1) * ADDRESS.byteSize());
        run = function(RUN, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    }

    /**
     * The library.
     *
     * @throws dev.infermark.base.UserError if it is not installed
     */
    public static OnnxRuntime load() {
        return new OnnxRuntime(PEER.load());
    }

    /** ONNX Runtime's version, such as {@code 1.23.2}. */
    static String version() {
        return NativePeer.text(handle(
                base(PEER.load()).getAtIndex(ADDRESS, 1), FunctionDescriptor.of(ADDRESS)));
    }

    /** The two functions that lead to all others: one gives their table, one the version. */
    private static MemorySegment base(SymbolLookup library) {
        MethodHandle getBase = handle(library.findOrThrow("OrtGetApiBase"), FunctionDescriptor.of(ADDRESS));
        return ((MemorySegment) invoke(getBase)).reinterpret(2 * ADDRESS.byteSize());
    }

    /** A model ready to run again and again on the same memory, which lives as long as the JVM. */
    public Session session(ModelProto model, List<FloatTensor> inputs, FloatTensor output) {
        MemorySegment environment =
                create(CREATE_ENV, List.of(JAVA_INT, ADDRESS), LOG_ERRORS, arena.allocateFrom("infermark"));
        MemorySegment options = create(CREATE_SESSION_OPTIONS, List.of());
        check((MemorySegment) invoke(function(SET_INTRA_OP_NUM_THREADS, ADDRESS, JAVA_INT), options, 1));
        byte[] bytes = model.toByteArray();
        MemorySegment file = arena.allocateFrom(JAVA_BYTE, bytes);
        MemorySegment session = create(
                CREATE_SESSION_FROM_ARRAY,
                List.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS),
                environment, file, (long) bytes.length, options);
        return new Session(
                session, names(inputs), values(inputs), inputs.size(), names(List.of(output)), values(List.of(output)));
    }

    private MemorySegment names(List<FloatTensor> tensors) {
        return addresses(tensors.stream().map(tensor -> arena.allocateFrom(tensor.name())).toList());
    }

    private MemorySegment values(List<FloatTensor> tensors) {
        MemorySegment memory =
                create(CREATE_CPU_MEMORY_INFO, List.of(JAVA_INT, JAVA_INT), DEVICE_ALLOCATOR, DEFAULT_MEMORY);
        return addresses(tensors.stream()
                .map(tensor -> create(
                        CREATE_TENSOR_WITH_DATA,
                        List.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT),
                        memory,
                        tensor.data(),
                        tensor.data().byteSize(),
                        arena.allocateFrom(JAVA_LONG, tensor.shape().stream().mapToLong(Long::longValue).toArray()),
                        (long) tensor.shape().size(),
                        FLOAT))
                .toList());
    }

    private MemorySegment addresses(List<MemorySegment> segments) {
        MemorySegment array = arena.allocate(ADDRESS, segments.size());
        for (int i = 0; i < segments.size(); i++) {
            array.setAtIndex(ADDRESS, i, segments.get(i));
        }
        return array;
    }

    /** Calls a function whose last parameter is where it leaves the object it makes. */
    private MemorySegment create(int place, List<? extends MemoryLayout> parameters, Object... arguments) {
        MemoryLayout[] all = new MemoryLayout[parameters.size() + 1];
        parameters.toArray(all);
        all[parameters.size()] = ADDRESS;
        MemorySegment result = arena.allocate(ADDRESS);
        Object[] withResult = Arrays.copyOf(arguments, arguments.length + 1);
        withResult[arguments.length] = result;
        check((MemorySegment) invoke(function(place, all), withResult));
        return result.get(ADDRESS, 0);
    }

    private MethodHandle function(int place, MemoryLayout... parameters) {
        return handle(functions.getAtIndex(ADDRESS, place), FunctionDescriptor.of(ADDRESS, parameters));
    }

    private static MethodHandle handle(MemorySegment address, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(address, type);
    }

    private static Object invoke(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable thrown) {
            throw NativePeer.unexpected(thrown);
        }
    }

    private void check(MemorySegment status) {
        if (!status.equals(MemorySegment.NULL)) {
            MethodHandle message = handle(
                    functions.getAtIndex(ADDRESS, GET_ERROR_MESSAGE), FunctionDescriptor.of(STRING, ADDRESS));
            throw new IllegalStateException(
                    "ONNX Runtime: " + ((MemorySegment) invoke(message, status)).getString(0));
        }
    }

    /**
     * A tensor in memory outside of the heap.
     *
     * @param name its name in the model
     * @param shape its sizes
     * @param data its elements, row-major
     */
    public record FloatTensor(String name, List<Long> shape, MemorySegment data) {

        /** Copies the sizes. */
        public FloatTensor {
            shape = List.copyOf(shape);
        }

        /** A tensor with the given elements, copied into memory that lives as long as the JVM. */
        public static FloatTensor of(String name, float[] elements, Long... shape) {
            MemorySegment data = Arena.global()
                    .allocate((long) elements.length * Float.BYTES, 64)
                    .copyFrom(MemorySegment.ofArray(elements));
            return new FloatTensor(name, List.of(shape), data);
        }
    }

    /** A model on its inputs and its output. */
    public final class Session {
        private final MemorySegment session;
        private final MemorySegment inputNames;
        private final MemorySegment inputs;
        private final long count;
        private final MemorySegment outputNames;
        private final MemorySegment outputs;

        private Session(
                MemorySegment session,
                MemorySegment inputNames,
                MemorySegment inputs,
                long count,
                MemorySegment outputNames,
                MemorySegment outputs) {
            this.session = session;
            this.inputNames = inputNames;
            this.inputs = inputs;
            this.count = count;
            this.outputNames = outputNames;
            this.outputs = outputs;
        }

        /** Computes the output, in its own memory. */
        public void run() {
            try {
                check((MemorySegment) run.invokeExact(
                        session, MemorySegment.NULL, inputNames, inputs, count, outputNames, 1L, outputs));
            } catch (Throwable thrown) {
                throw NativePeer.unexpected(thrown);
            }
        }
    }
}
