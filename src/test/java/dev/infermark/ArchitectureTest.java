package dev.infermark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data flows one way through the packages: each uses only those that its arrows name, which all stand before it. */
class ArchitectureTest {
    /** Each package with those that it may use; some are still to come. */
    private static final List<Arrows> PACKAGES = List.of(
            new Arrows("base", ""),
            new Arrows("json", "base"),
            new Arrows("csv", "base"),
            new Arrows("jmh", "base json csv"),
            new Arrows("numerics", "base"),
            new Arrows("kernel", "base numerics"),
            new Arrows("hardware", "base json csv numerics"),
            new Arrows("graph", "base numerics"),
            new Arrows("reader", "base json numerics graph"),
            new Arrows("lower", "base numerics kernel hardware graph"),
            new Arrows("simulate", "base json numerics kernel hardware graph lower"),
            new Arrows("deploy", "base json numerics hardware graph reader lower simulate"),
            new Arrows("runtime", "base json numerics kernel hardware graph reader lower deploy"),
            new Arrows("serve", "base json numerics hardware graph runtime"),
            new Arrows("plan", "base json csv numerics hardware graph reader lower simulate deploy runtime"),
            new Arrows("validate", "base json csv numerics hardware graph reader lower simulate deploy runtime"),
            new Arrows("bench", "base csv jmh numerics kernel hardware graph reader lower deploy"),
            new Arrows("compare", "base numerics kernel hardware graph lower simulate bench"),
            new Arrows("regress", "base csv jmh"),
            new Arrows(
                    "report",
                    "base csv jmh hardware simulate deploy runtime plan validate bench compare regress"),
            new Arrows(
                    "cli",
                    "base json csv jmh numerics kernel hardware graph reader lower simulate deploy runtime"
                            + " serve plan validate bench compare regress report"));

    /** The steps of regression tracking, each of which stands alone and uses only those before it. */
    private static final List<String> REGRESSION_STEPS = List.of(
            "statistics", "parse", "select", "detect", "verdict", "history", "ab", "study", "golden", "imports");

    record Arrows(String from, List<String> to) {
        Arrows(String from, String to) {
            this(from, to.isEmpty() ? List.of() : List.of(to.split(" ")));
        }
    }

    /**
     * A class of the program and the classes of the program that it uses.
     *
     * @param name such as {@code dev.infermark.base.UserError}
     * @param uses the like
     * @param calls methods that it calls, such as {@code java/util/List.of}
     */
    private record Compiled(String name, Set<String> uses, Set<String> calls) {
        private static final Pattern REFERENCE = Pattern.compile("dev/infermark/[\\w/$]+");

        /** Whatever the constant pool names in types, descriptors and signatures, but not in texts. */
        static Compiled read(Path file) {
            try {
                ClassModel model = ClassFile.of().parse(file);
                Set<Utf8Entry> texts = entries(model)
                        .filter(StringEntry.class::isInstance)
                        .map(entry -> ((StringEntry) entry).utf8())
                        .collect(Collectors.toSet());
                Set<String> uses = entries(model)
                        .filter(entry -> entry instanceof Utf8Entry text && !texts.contains(text))
                        .flatMap(entry -> REFERENCE.matcher(((Utf8Entry) entry).stringValue())
                                .results()
                                .map(MatchResult::group))
                        .map(Compiled::dotted)
                        .collect(Collectors.toSet());
                Set<String> calls = entries(model)
                        .filter(MethodRefEntry.class::isInstance)
                        .map(entry -> (MethodRefEntry) entry)
                        .map(method -> method.owner().asInternalName() + "." + method.name().stringValue())
                        .collect(Collectors.toSet());
                return new Compiled(dotted(model.thisClass().asInternalName()), uses, calls);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Stream<PoolEntry> entries(ClassModel model) {
            return StreamSupport.stream(model.constantPool().spliterator(), false);
        }

        private static String dotted(String internalName) {
            return internalName.replace('/', '.');
        }
    }

    /** The classes of the program, from where it was compiled to: no tests, and no library. */
    private static final List<Compiled> CLASSES = classes();

    private static List<Compiled> classes() {
        try (Stream<Path> files = Files.walk(
                Path.of(UserError.class.getProtectionDomain().getCodeSource().getLocation().toURI()))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(Compiled::read)
                    .filter(compiled -> compiled.name().startsWith("dev.infermark."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arrows> packages() {
        return PACKAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThoseThatItsArrowsName(Arrows arrows) {
        assertEquals(
                Set.of(),
                uses(
                        arrows.from(),
                        PACKAGES.stream()
                                .map(Arrows::from)
                                .filter(name -> !name.equals(arrows.from()) && !arrows.to().contains(name))));
    }

    @Test
    void everyStepOfRegressionTrackingUsesOnlyThoseBeforeIt() {
        Set<String> strays = new TreeSet<>();
        for (int i = 0; i < REGRESSION_STEPS.size(); i++) {
            strays.addAll(uses(
                    "regress." + REGRESSION_STEPS.get(i),
                    REGRESSION_STEPS.stream().skip(i + 1L).map(later -> "regress." + later)));
        }
        assertEquals(Set.of(), strays);
    }

    /** What classes of a package use of others. */
    private static Set<String> uses(String from, Stream<String> others) {
        List<String> roots = others.map(ArchitectureTest::rootOf).toList();
        Set<String> uses = new TreeSet<>();
        for (Compiled compiled : CLASSES) {
            if (compiled.name().startsWith(rootOf(from))) {
                compiled.uses().stream()
                        .filter(use -> roots.stream().anyMatch(use::startsWith))
                        .forEach(use -> uses.add(compiled.name() + " uses " + use));
            }
        }
        return uses;
    }

    @Test
    void seesWhatAClassUses() {
        Compiled chip = CLASSES.stream()
                .filter(compiled -> compiled.name().equals("dev.infermark.hardware.Chip"))
                .findFirst()
                .orElseThrow();

        assertTrue(chip.uses().contains("dev.infermark.hardware.NeuronCore"), chip::toString);
        assertTrue(CLASSES.size() > 100, () -> CLASSES.size() + " classes");
    }

    /** Below the command line they are handed in; a fork of JMH is a program of its own, which finds its operators. */
    @Test
    void onlyProgramsAskForTheRegisteredCustomOperators() {
        Set<String> strays = CLASSES.stream()
                .filter(compiled -> compiled.calls().contains("dev/infermark/kernel/gpsimd/CustomOperators.registered"))
                .map(Compiled::name)
                .filter(name -> !name.startsWith(rootOf("cli")) && !name.startsWith(rootOf("plan.spark")))
                .collect(Collectors.toSet());
        assertEquals(Set.of("dev.infermark.bench.GpsimdEngineBenchmark"), strays);
    }

    @Test
    void noArrowLeadsBack() {
        List<String> before = new ArrayList<>();
        for (Arrows arrows : PACKAGES) {
            assertTrue(before.containsAll(arrows.to()), () -> arrows + " names what does not stand before it");
            before.add(arrows.from());
        }
    }

    @Test
    void everyClassLivesInAPackageOfTheDesign() {
        Set<String> strays = CLASSES.stream()
                .map(Compiled::name)
                .filter(name -> PACKAGES.stream().noneMatch(known -> name.startsWith(rootOf(known.from()))))
                .filter(name -> !name.equals("dev.infermark.package-info"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), strays);
    }

    private static String rootOf(String name) {
        return "dev.infermark." + name + ".";
    }
}
