package dev.infermark.hardware;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Everything known about hardware: the built-in files, and a user's own file where one is given.
 *
 * @param cores kinds of NeuronCores
 * @param chips accelerator chips
 * @param instances rentable machines
 * @param priceBooks what the instances cost
 * @param comparisons what publications say about one chip over another
 */
public record Catalog(
        List<NeuronCore> cores,
        List<Chip> chips,
        List<Instance> instances,
        List<PriceBook> priceBooks,
        List<Comparison> comparisons) {

    /** Refuses names that exist twice, and prices and comparisons of what does not exist. */
    public Catalog {
        cores = distinct("core", cores, NeuronCore::name);
        chips = distinct("chip", chips, Chip::name);
        instances = distinct("instance", instances, Instance::name);
        priceBooks = distinct("price book", priceBooks, PriceBook::name);
        comparisons = List.copyOf(comparisons);
        for (PriceBook book : priceBooks) {
            for (Price price : book.prices()) {
                Names.find("instance", price.instance(), instances, Instance::name);
            }
        }
        for (Comparison comparison : comparisons) {
            Names.find("chip", comparison.chip(), chips, Chip::name);
            Names.find("chip", comparison.baseline(), chips, Chip::name);
        }
    }

    /** The chips, instances and prices that come with Infermark. */
    public static Catalog builtIn() {
        return BuiltIn.CATALOG;
    }

    /** This catalog and what a user's file adds; refuses a broken file in one line that names file, key and remedy. */
    public Catalog with(Path userFile) {
        return CatalogReader.read(this, userFile.toString(), SafeFiles.read(userFile));
    }

    /** The core of that name, in any case. */
    public NeuronCore core(String name) {
        return Names.find("core", name, cores, NeuronCore::name);
    }

    /** The chip of that name, in any case. */
    public Chip chip(String name) {
        return Names.find("chip", name, chips, Chip::name);
    }

    /** The instance of that name, in any case. */
    public Instance instance(String name) {
        return Names.find("instance", name, instances, Instance::name);
    }

    /** The price book of that name, in any case, such as {@code on-demand}, {@code ri-effective} or {@code blog}. */
    public PriceBook priceBook(String name) {
        return Names.find("price book", name, priceBooks, PriceBook::name);
    }

    private static <T> List<T> distinct(String what, List<T> items, Function<T, String> nameOf) {
        TreeSet<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (T item : items) {
            if (!seen.add(nameOf.apply(item))) {
                throw new UserError("the " + what + " '" + nameOf.apply(item)
                        + "' exists already; give yours another name");
            }
        }
        return List.copyOf(items);
    }

    /** Read once, when first asked for. */
    private static final class BuiltIn {
        private static final Catalog CATALOG = CatalogReader.readBuiltIn();

        private BuiltIn() {}
    }
}
