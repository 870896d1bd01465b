package dev.infermark.kernel.simd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Copies of a loop's class, one for each function.
 *
 * <p>The JIT compiler turns vectors into registers only where it inlines everything that handles them, and it does not
 * inline a call that reaches many functions, as one loop for all of them would. A copy of the loop's class, which is a
 * hidden class, holds its one function in a constant. Its methods are called by method handles that are no constants:
 * those are not inlined into their callers, where a loop that has hardly run would be compiled without its profile.
 */
final class LoopCopies {
    private LoopCopies() {}

    /** A copy of a template whose constant is the function. */
    static Lookup of(Class<?> template, Object function) {
        try (InputStream code = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            if (code == null) {
                throw new LinkageError("no class file of " + template);
            }
            return MethodHandles.lookup().defineHiddenClassWithClassData(code.readAllBytes(), function, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException e) {
            throw new LinkageError("cannot copy " + template, e);
        }
    }

    /** In a copy: its function. */
    static <F> F function(Lookup copy, Class<F> type) {
        try {
            return MethodHandles.classData(copy, "_", type);
        } catch (IllegalAccessException e) {
            throw new LinkageError("no copy: " + copy, e);
        }
    }

    /** A static method of a copy, or of the caller itself, which is not to be inlined either. */
    static MethodHandle method(Lookup owner, String name, MethodType type) {
        try {
            return owner.findStatic(owner.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no method " + name + " in " + owner, e);
        }
    }

    /** What a loop threw, which declares no checked exception. */
    static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }
}
