package dev.infermark.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.infermark.base.UserError;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A native library that may or may not be on this host.
 *
 * @param title what people call it
 * @param files the library's possible file names or paths, the first that loads is taken
 * @param remedy how to install it
 * @param settings variables of the environment that it reads when it is loaded, for those that are not set
 */
@SuppressWarnings("restricted") // calling native code is what this is for
record NativePeer(String title, List<String> files, String remedy, Map<String, String> settings) {

    /** The variable that, set to {@code none}, makes every host one without native peers. */
    static final String PEERS_VARIABLE = "INFERMARK_PEERS";

    /** The library's symbols, empty where the host does not have it or the user does not want it. */
    private Optional<SymbolLookup> find() {
        settings.forEach(NativePeer::setVariable);
        for (String file : files) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(file, Arena.global()));
            } catch (IllegalArgumentException _) {
                // The next name, if there is one.
            }
        }
        return Optional.empty();
    }

    /**
     * Sets a variable, if it is not set yet, for native code alone: Java has a copy of the environment. Does nothing
     * where the C library has no {@code setenv}, as on Windows.
     */
    private static void setVariable(String name, String value) {
        SymbolLookup library = Linker.nativeLinker().defaultLookup();
        if (library.find("setenv").isEmpty()) {
            return;
        }
        MethodHandle setenv = function(library, "setenv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failure = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
            if (failure != 0) {
                throw new IllegalStateException("cannot set " + name);
            }
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** One line that says the library is absent and how to install it, empty where it is there. */
    Optional<String> absence() {
        return absence(System.getenv());
    }

    /** The same for a process with these variables; refuses an unknown value of {@link #PEERS_VARIABLE}. */
    Optional<String> absence(Map<String, String> environment) {
        String wanted = environment.getOrDefault(PEERS_VARIABLE, "");
        return switch (wanted) {
            case "" -> find().isPresent() ? Optional.empty() : Optional.of(title + " is not installed: " + remedy);
            case "none" -> Optional.of(
                    title + " counts as absent, for " + PEERS_VARIABLE + " is none: unset it to use " + title);
            default -> throw new UserError(PEERS_VARIABLE + " is '" + wanted
                    + "': set it to none to leave out all native peers, or unset it to use those installed");
        };
    }

    /** The library's symbols; refuses, with the way to install it, where the host does not have it. */
    SymbolLookup load() {
        absence().ifPresent(reason -> {
            throw new UserError(reason);
        });
        return find().orElseThrow();
    }

    /** A function of the library; heap arrays may be passed to it, and no garbage is collected while it runs. */
    static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type, Linker.Option.critical(true));
    }

    /** A function that returns text that ends in a zero byte. */
    static String text(MethodHandle function) {
        try {
            return ((MemorySegment) function.invoke()).reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** What a call threw, as an unchecked exception: native code throws none, so it is a mistake in the binding. */
    static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a native call failed", thrown);
    }
}
