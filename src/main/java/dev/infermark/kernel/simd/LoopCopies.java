package dev.infermark.kernel.simd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;

/**
 * Copies of a loop's class, one for each function.
 *
 * <p>The JIT compiler turns vectors into registers only where it inlines everything that handles them, and it does not
 * inline a call that reaches many functions, as one loop for all of them would. A copy of the loop's class, which is a
 * hidden class, holds its one function in a constant.
 */
final class LoopCopies {
    private LoopCopies() {}

    /** An instance of a copy of a template, whose constant is the function. */
    static <T> T of(Class<? extends T> template, Class<T> type, Object function) {
        try (InputStream code = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            if (code == null) {
                throw new LinkageError("no class file of " + template);
            }
            Class<?> copy = MethodHandles.lookup()
                    .defineHiddenClassWithClassData(code.readAllBytes(), function, true)
                    .lookupClass();
            return type.cast(copy.getDeclaredConstructor().newInstance());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
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
}
