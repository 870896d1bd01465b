package dev.infermark.kernel.provider;

import dev.infermark.base.UserError;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.reference.ReferenceProvider;
import java.util.Optional;

/** Finds the provider of an implementation; the SIMD one by name, since its module may be absent. */
public final class ProviderLookup {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String SIMD_PROVIDER = "dev.infermark.kernel.simd.SimdProvider";
    private static final String MEND = "start Java with --add-modules " + VECTOR_MODULE;

    private ProviderLookup() {}

    /** SIMD where the JVM can, else the reference, saying in a warning how to get SIMD. */
    public static Implementation best() {
        Optional<Module> module = vectorModule();
        if (module.isEmpty()) {
            System.getLogger(ProviderLookup.class.getName())
                    .log(System.Logger.Level.WARNING, "kernels run without SIMD, many times slower: " + MEND);
        }
        return module.isPresent() ? Implementation.SIMD : Implementation.REFERENCE;
    }

    /** The kernels of an implementation. */
    public static KernelProvider provider(Implementation implementation) {
        return switch (implementation) {
            case REFERENCE -> new ReferenceProvider();
            case SIMD -> simd();
        };
    }

    private static KernelProvider simd() {
        if (vectorModule().isEmpty()) {
            throw new UserError("no SIMD kernels without the Vector API: " + MEND);
        }
        try {
            return Class.forName(SIMD_PROVIDER)
                    .asSubclass(KernelProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(SIMD_PROVIDER + " cannot be created", e);
        }
    }

    private static Optional<Module> vectorModule() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE);
    }
}
