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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Data flows one way through the packages: each may use only those before it in this list. */
class ArchitectureTest {
    private static final List<String> ORDER = List.of(
            "base",
            "csv",
            "jmh",
            "numerics",
            "kernel",
            "hardware",
            "graph",
            "reader",
            "lower",
            "simulate",
            "deploy",
            "validate",
            "bench",
            "regress",
            "report",
            "cli");

    /** The classes of the program, from where it was compiled to: no tests, and no library. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(UserError.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void everyPackageUsesOnlyThoseBeforeIt() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] laterPackages = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(ArchitectureTest::tree)
                    .toArray(String[]::new);
            DescribedPredicate<JavaClass> inLaterPackage = resideInAnyPackage(laterPackages);
            classes()
                    .that(resideInAPackage(tree(ORDER.get(i))))
                    .should()
                    .onlyDependOnClassesThat(DescribedPredicate.not(inLaterPackage))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void everyClassLivesInAPackageOfTheDesign() {
        Set<String> strays = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("dev.infermark"))
                .filter(name -> ORDER.stream().noneMatch(known -> (name + ".").startsWith(rootOf(known))))
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
