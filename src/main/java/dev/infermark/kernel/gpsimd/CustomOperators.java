package dev.infermark.kernel.gpsimd;

import dev.infermark.base.UserError;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The custom operators that the class path registers, the project's own among them. */
public final class CustomOperators {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final SortedMap<String, CustomOperator> byName = new TreeMap<>();

    private CustomOperators(Iterable<CustomOperator> operators) {
        for (CustomOperator operator : operators) {
            if (!NAME.matcher(operator.name()).matches()) {
                throw new UserError("custom operator " + operator.getClass().getName() + " has the name '"
                        + operator.name() + "': use letters, digits, dots, dashes and underscores");
            }
            CustomOperator other = byName.putIfAbsent(operator.name(), operator);
            if (other != null) {
                throw new UserError("two custom operators have the name '" + operator.name() + "': "
                        + other.getClass().getName() + " and " + operator.getClass().getName() + "; rename one");
            }
        }
    }

    /**
     * All that are registered, found once.
     *
     * @throws UserError naming the class that cannot be loaded, or the name that two have
     */
    public static CustomOperators registered() {
        return Registered.ONCE.operators().orElseThrow(() -> new UserError(Registered.ONCE.problem()));
    }

    /** No operators at all. */
    public static CustomOperators none() {
        return new CustomOperators(List.of());
    }

    /** Those that the class loader finds. */
    static CustomOperators load(ClassLoader loader) {
        try {
            return new CustomOperators(ServiceLoader.load(CustomOperator.class, loader));
        } catch (ServiceConfigurationError e) {
            throw new UserError("custom operators on the class path cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** The operator of a name. */
    public Optional<CustomOperator> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Every operator, ordered by name. */
    public Collection<CustomOperator> all() {
        return byName.values();
    }

    /** What was found at first use: the operators, or why they cannot be loaded. */
    private record Registered(Optional<CustomOperators> operators, String problem) {
        private static final Registered ONCE = find();

        private static Registered find() {
            try {
                ClassLoader loader = Optional.ofNullable(CustomOperator.class.getClassLoader())
                        .orElseGet(ClassLoader::getSystemClassLoader);
                return new Registered(Optional.of(load(loader)), "");
            } catch (UserError e) {
                return new Registered(Optional.empty(), String.valueOf(e.getMessage()));
            }
        }
    }
}
