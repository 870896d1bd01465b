package dev.infermark.reader.hlo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells weights from inputs among the parameters of the entry computation.
 *
 * <p>Names decide first. A parameter that is multiplied with something computed is a weight on whichever side it
 * stands; so are kernels, tables of lookups and vectors that are broadcast. Of two parameters multiplied with each
 * other one is the input: that is told by what else they are used for, by the side on which the module's other products
 * have their weights, and where there are none, by size, order and side together.
 */
final class HloWeightFinder {
    private static final Pattern NAMES = Pattern.compile(
            "weight|kernel|bias|gamma|beta|embedding|(?<![a-z])params(?![a-z])", Pattern.CASE_INSENSITIVE);
    /** A tensor this many times as large as what it is multiplied with is the weight wherever it stands. */
    private static final long MUCH_LARGER = 64;
    /** A tensor this many times as large is more likely the weight. */
    private static final long LARGER = 4;

    private final HloModule module;
    private final HloWeights weights;
    private final HloParameterUses uses;
    private final Set<String> found = new HashSet<>();

    HloWeightFinder(HloModule module, HloWeights weights) {
        this.module = module;
        this.weights = weights;
        this.uses = new HloParameterUses(module);
        find();
    }

    /** Whether a parameter of the entry computation is a weight. */
    boolean isWeight(HloInstruction parameter) {
        return found.contains(parameter.name());
    }

    /** The parameters that reach the two sides of a product. */
    private record Product(List<HloInstruction> left, List<HloInstruction> right, boolean isStacked) {
        Product(HloInstruction instruction) {
            this(
                    new ArrayList<>(),
                    new ArrayList<>(),
                    !instruction.list("lhs_batch_dims").isEmpty());
        }

        boolean isAmbiguous() {
            return !left.isEmpty() && !right.isEmpty();
        }
    }

    private void find() {
        Map<String, Product> products = new HashMap<>();
        for (HloInstruction parameter : module.computation(module.entry()).instructions()) {
            if (!parameter.opcode().equals("parameter")) {
                continue;
            }
            if (weights.pattern().isPresent()) {
                findNamed(parameter, weights.pattern().get());
            } else if (isFloat(parameter)) {
                findNamed(parameter, NAMES);
                collect(parameter, products);
            }
        }
        decide(List.copyOf(products.values()));
    }

    private void findNamed(HloInstruction parameter, Pattern pattern) {
        if (pattern.matcher(parameter.name()).find() || pattern.matcher(parameter.text("op_name")).find()) {
            found.add(parameter.name());
        }
    }

    private static boolean isFloat(HloInstruction parameter) {
        return parameter.shape().array().isPresent() && parameter.shape().type().type().isFloatingPoint();
    }

    private void collect(HloInstruction parameter, Map<String, Product> products) {
        boolean isVector = parameter.shape().type().shape().rank() == 1;
        for (HloParameterUses.Use use : uses.of(parameter)) {
            HloInstruction reader = use.reader();
            if (reader.opcode().equals("dot")) {
                Product product = products.computeIfAbsent(
                        use.computation() + "/" + reader.name(), _ -> new Product(reader));
                (use.operand() == 0 ? product.left() : product.right()).add(parameter);
            } else if (isWeightUse(reader.opcode(), use.operand(), isVector)) {
                found.add(parameter.name());
            }
        }
    }

    private static boolean isWeightUse(String opcode, int operand, boolean isVector) {
        return switch (opcode) {
            case "convolution" -> operand == 1;
            case "gather" -> operand == 0;
            case "batch-norm-inference", "batch-norm-training" -> operand > 0;
            case "broadcast" -> isVector;
            default -> false;
        };
    }

    private void decide(List<Product> products) {
        int onTheRight = 0;
        for (Product product : products) {
            if (product.isAmbiguous()) {
                continue;
            }
            if (product.left().isEmpty()) {
                product.right().forEach(parameter -> found.add(parameter.name()));
                onTheRight++;
            } else if (!product.isStacked()) {
                // A stack of matrices on the left, one for each sequence, is data such as an adjacency.
                product.left().forEach(parameter -> found.add(parameter.name()));
                onTheRight--;
            }
        }
        for (Product product : products) {
            if (product.isAmbiguous() && !product.left().equals(product.right())) {
                boolean isLeft = isLeft(product, onTheRight);
                (isLeft ? product.left() : product.right()).forEach(parameter -> found.add(parameter.name()));
            }
        }
    }

    /** Whether the left one of two parameters that are multiplied with each other is the weight. */
    private boolean isLeft(Product product, int onTheRight) {
        HloInstruction left = product.left().getFirst();
        HloInstruction right = product.right().getFirst();
        if (found.contains(left.name()) != found.contains(right.name())) {
            return found.contains(left.name());
        }
        if (onTheRight != 0) {
            return onTheRight < 0;
        }
        if (elements(left) / MUCH_LARGER > elements(right) || elements(right) / MUCH_LARGER > elements(left)) {
            return elements(left) > elements(right);
        }
        boolean isLarger = elements(left) / LARGER >= elements(right);
        boolean isLater = left.number("index", 0) > right.number("index", 0);
        return isLarger && isLater;
    }

    private static long elements(HloInstruction parameter) {
        return parameter.shape().type().shape().elements();
    }
}
