package dev.infermark.lower.shard;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Instance;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The degrees of tensor parallelism that an instance's collectives support (generative-llm-inference-with-neuron.rst:
 * 2, 4, 8, 12 and 24 on Inf2, 2, 8 and 32 on Trn1; one core needs none), as far as a network has heads for them.
 */
public final class Degrees {
    private static final List<Integer> OF_TWO_LINKS = List.of(1, 2, 4, 8, 12, 24);
    private static final List<Integer> OF_TORUS = List.of(1, 2, 8, 32);

    private Degrees() {}

    /** The legal degrees of a network that generates text, smallest first; heads are padded. */
    public static List<Integer> of(Instance instance, TransformerShape shape) {
        return supported(instance).stream()
                .filter(degree -> degree <= shape.attention().heads())
                .toList();
    }

    /** The degrees that an instance's collectives support, smallest first. */
    static List<Integer> supported(Instance instance) {
        if (instance.chip().collectives().isEmpty()) {
            return List.of(1);
        }
        List<Integer> supported = instance.chip().linkPorts().value() > 2 ? OF_TORUS : OF_TWO_LINKS;
        return supported.stream().filter(degree -> degree <= instance.coreCount()).toList();
    }

    /** Refuses an illegal degree with the list of the legal ones. */
    public static void require(int degree, Instance instance, TransformerShape shape) {
        require(degree, of(instance, shape), shape.name() + " (" + shape.attention().heads() + " heads)", instance);
    }

    /** Refuses a number of cores that an instance's collectives do not support, with the list of the others. */
    public static void require(int degree, Instance instance, String network) {
        require(degree, supported(instance), network, instance);
    }

    /** Refuses a degree that is not among the legal ones, with their list. */
    static void require(int degree, List<Integer> legal, String network, Instance instance) {
        if (!legal.contains(degree)) {
            throw new UserError("--tensor-parallel " + degree + " is not legal for " + network + " on "
                    + instance.name() + " (" + instance.coreCount() + " cores): use "
                    + listed(legal));
        }
    }

    /** The numbers of groups that a mixture's experts can be divided among on so many cores, smallest first. */
    public static List<Integer> ofExperts(int degree, TransformerShape shape) {
        return IntStream.rangeClosed(1, degree)
                .filter(groups -> degree % groups == 0)
                .filter(groups -> shape.decoder().stream()
                        .flatMap(each -> each.block().experts().stream())
                        .allMatch(expert -> expert.experts() % groups == 0))
                .boxed()
                .toList();
    }

    /** Refuses groups of experts that do not divide both the experts and the cores, with the legal ones. */
    public static void requireExperts(GroupSharing sharing, TransformerShape shape) {
        requireExperts(sharing.expertGroups(), sharing.degree(), shape);
    }

    /** The same before the cores are known to be divided by the groups. */
    public static void requireExperts(int groups, int degree, TransformerShape shape) {
        if (groups == 1) {
            return;
        }
        if (!shape.hasExperts()) {
            throw new UserError(shape.name() + " is no mixture of experts; leave out --expert-parallel");
        }
        List<Integer> legal = ofExperts(degree, shape);
        if (!legal.contains(groups)) {
            throw new UserError("--expert-parallel " + groups + " is not legal for " + shape.name() + " on " + degree
                    + " cores: use " + listed(legal));
        }
    }

    private static String listed(List<Integer> degrees) {
        return degrees.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Copies of the group that fit on the instance beside each other. */
    public static int copies(int degree, Instance instance) {
        return instance.coreCount() / degree;
    }

    /** Cores that no copy uses. */
    public static int idle(int degree, Instance instance) {
        return instance.coreCount() - degree * copies(degree, instance);
    }

}
