package dev.infermark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.infermark.base.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data flows one way through the packages: each uses only those that its arrows name, which all stand before it. */
class ArchitectureTest {
    /** Each package with those that it may use; some are still to come. */
    private static final List<Arrows> PACKAGES = List.of(
            new Arrows("base", ""),
            new Arrows("csv", "base"),
            new Arrows("jmh", "base csv"),
            new Arrows("numerics", "base"),
            new Arrows("kernel", "base numerics"),
            new Arrows("hardware", "base numerics"),
            new Arrows("graph", "base numerics"),
            new Arrows("reader", "base numerics graph"),
            new Arrows("lower", "base numerics kernel hardware graph"),
            new Arrows("simulate", "base numerics kernel hardware graph lower"),
            new Arrows("deploy", "base numerics hardware graph reader lower simulate"),
            new Arrows("runtime", "base numerics hardware graph reader lower deploy"),
            new Arrows("plan", "base csv numerics hardware graph reader lower deploy runtime"),
            new Arrows("serve", "base numerics hardware graph reader lower deploy runtime"),
            new Arrows("validate", "base csv numerics hardware graph reader lower simulate deploy"),
            new Arrows("bench", "base csv jmh numerics kernel hardware graph reader lower deploy"),
            new Arrows("compare", "base numerics kernel hardware graph lower simulate bench"),
            new Arrows("regress", "base csv jmh"),
            new Arrows(
                    "report",
                    "base csv jmh numerics kernel hardware graph lower simulate deploy runtime plan validate bench"
                            + " compare regress"),
            new Arrows(
                    "cli",
                    "base csv jmh numerics kernel hardware graph reader lower simulate deploy runtime plan serve"
                            + " validate bench compare regress report"));

    private record Arrows(String from, List<String> to) {
        Arrows(String from, String to) {
            this(from, to.isEmpty() ? List.of() : List.of(to.split(" ")));
        }
    }

    /** The classes of the program, from where it was compiled to: no tests, and no library. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(UserError.class.getProtectionDomain().getCodeSource().getLocation());

    static Stream<Arrows> packages() {
        return PACKAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThoseThatItsArrowsName(Arrows arrows) {
        String[] others = PACKAGES.stream()
                .map(Arrows::from)
                .filter(name -> !name.equals(arrows.from()) && !arrows.to().contains(name))
                .map(ArchitectureTest::tree)
                .toArray(String[]::new);
        classes()
                .that(resideInAPackage(tree(arrows.from())))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(others)))
                .allowEmptyShould(true)
                .check(CLASSES);
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
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("dev.infermark"))
                .filter(name -> PACKAGES.stream().noneMatch(known -> (name + ".").startsWith(rootOf(known.from()))))
                .collect(Collectors.toSet());
        assertTrue(strays.isEmpty(), () -> "packages the design does not know: " + strays);
    }

    private static String tree(String name) {
        return rootOf(name) + ".";
    }

    private static String rootOf(String name) {
        return "dev.infermark." + name + ".";
    }
}
