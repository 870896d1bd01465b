package dev.infermark.regress.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenTest {
    @TempDir
    private Path folder;

    private GoldenTable table(String text) throws IOException {
        return GoldenTable.read(Files.writeString(folder.resolve("p.csv"), text), List.of("model", "batch"));
    }

    private static List<GoldenDifference> differences(GoldenTable before, GoldenTable after) {
        return GoldenDifference.between(before, after, "ms", "published");
    }

    @Test
    void tellsChangedNewAndGoneRowsFromEqualOnes() throws IOException {
        GoldenTable before = table("model,batch,ms,published\nbert,1,10,8\nbert,2,20,\nold,1,5,\nsame,1,1.50,\n");
        GoldenTable after =
                table("model,batch,ms,published\nbert,1,10.000000001,8\nbert,2,20,\nnew,1,7,\nsame,1,1.5,\n");

        List<GoldenDifference> found = differences(before, after);

        assertEquals(
                List.of("bert 1", "old 1", "new 1"),
                found.stream().map(d -> d.key().label()).toList());
        assertEquals(0.25, found.getFirst().error(found.getFirst().before()).orElseThrow(), 1e-12);
        assertEquals(Optional.empty(), found.get(1).after());
        assertEquals(Optional.empty(), found.get(2).before());
    }

    @Test
    void anErrorBeyondAllOrdersIsNone() {
        GoldenDifference difference = new GoldenDifference(
                new GoldenKey(List.of("a")), Optional.of("1e308"), Optional.of("2"), Optional.of("0.001"));

        assertEquals(OptionalDouble.empty(), difference.error(difference.before()));
        assertEquals(1999, difference.error(difference.after()).orElseThrow(), 1e-9);
    }

    @Test
    void comparesWordsAsWords() throws IOException {
        GoldenTable number = table("model,batch,ms\na,1,5\n");
        GoldenTable word = table("model,batch,ms\na,1,unsupported\n");

        assertEquals(1, differences(number, word).size());
        assertEquals(0, differences(word, word).size());
    }

    @Test
    void isStampedWithTheVersionAndReadsItBack() throws IOException {
        Path golden = folder.resolve("golden.csv");
        table("model,batch,ms\na,1,5\n").stamped("2.1").write(golden);

        assertEquals("model,batch,ms,model_version\na,1,5,2.1\n", Files.readString(golden));
        assertEquals(Optional.of("2.1"), GoldenTable.read(golden, List.of("model")).version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "model,ms\na,1\n",
                "model,batch,ms\n",
                "model,batch,ms\na,1,5\na,1,6\n",
                "model,batch,ms\na,1\n",
                "model,model,ms\na,1,2\n"
            })
    void refusesFilesThatCannotBeCompared(String text) {
        UserError e = assertThrows(UserError.class, () -> table(text));

        assertTrue(String.valueOf(e.getMessage()).contains("p.csv"), e.getMessage());
    }
}
