package dev.infermark.regress;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each step of regression tracking stands alone: it uses only those before it. */
class RegressPackagesTest {
    private static final List<String> ORDER =
            List.of(
                    "statistics", "parse", "select", "detect", "verdict", "history", "ab", "study", "golden",
                    "imports");

    @Test
    void everyStepUsesOnlyThoseBeforeIt() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.infermark.regress");
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(RegressPackagesTest::full)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(full(ORDER.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .check(classes);
        }
    }

    private static String full(String name) {
        return "dev.infermark.regress." + name + "..";
    }
}
