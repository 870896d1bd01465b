package dev.infermark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.validate.blog.HeldOutBlog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ACCURACY = Path.of("results", "accuracy.csv");

    private final List<HeldOutBlog.Answer> answers =
            HeldOutBlog.take(Catalog.builtIn(), Quoter.builtIn());

    @Test
    void showsTheTablesThatAreComputedNow() {
        String text = SafeFiles.read(Path.of("README.md"));
        assertEquals(Readme.renew(text, answers, ACCURACY), text, "run: scripts/infermark readme");
    }

    @Test
    void refusesATextWithoutAPlaceForATable() {
        assertThrows(UserError.class, () -> Readme.renew("# Empty\n", answers, ACCURACY));
    }
}
