package dev.infermark.regress.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.regress.detect.ChangePointDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotatedSeriesTest {
    private static final double ROUNDING = 1e-12;

    @TempDir
    private Path folder;

    /** Computed with the authors' own code, {@code metrics.py} of TCPDBench. */
    @Test
    void scoresAsTheAuthorsOfTheDatasetDo() {
        List<List<Integer>> marked = List.of(List.of(10, 50), List.of(48), List.of());
        List<Integer> found = List.of(12, 30, 55);

        assertEquals(0.7894736842105263, Segmentation.f1(marked, found), ROUNDING);
        assertEquals(0.5977777777777777, Segmentation.cover(marked, found, 100), ROUNDING);
        assertEquals(1, Segmentation.f1(List.of(List.of()), List.of()), ROUNDING);
        assertEquals(1, Segmentation.cover(List.of(List.of(7)), List.of(7), 20), ROUNDING);
    }

    @Test
    void readsTheDatasetAsItIsPublished() throws IOException {
        String raw = IntStream.range(0, 60)
                .mapToObj(i -> i == 5 ? "null" : Integer.toString((i < 30 ? 100 : 150) + i * 7 % 5))
                .collect(Collectors.joining(","));
        write("datasets/one/one.json", """
                {"name":"one","longname":"One","n_obs":60,"n_dim":1,
                 "time":{"type":"integer","index":[0,1]},"series":[{"label":"V1","type":"float","raw":[%s]}]}
                """.formatted(raw));
        write("datasets/two/two.json", """
                {"name":"two","n_obs":2,"n_dim":2,"series":[{"label":"a","raw":[1,2]},{"label":"b","raw":[3,4]}]}
                """);
        write("annotations.json", "{\"one\":{\"6\":[30],\"7\":[31]},\"two\":{\"6\":[]}}");

        List<AnnotatedSeries> read = AnnotatedSeries.read(folder);

        assertEquals(List.of("one"), read.stream().map(AnnotatedSeries::name).toList());
        AnnotatedSeries.Score score = read.getFirst().score(new ChangePointDetector(0));
        assertEquals(1, score.found());
        assertEquals(1, score.f1(), ROUNDING);
        assertEquals(0.9836111111111111, score.cover(), ROUNDING);
    }

    @Test
    void refusesAFolderWithoutAnnotations() {
        assertThrows(UserError.class, () -> AnnotatedSeries.read(folder));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
