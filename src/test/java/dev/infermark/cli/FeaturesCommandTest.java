package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.report.blog.FeatureTable;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.blog.BlogFeatures;
import dev.infermark.validate.blog.BlogFeatures.Feature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesCommandTest {

    @Test
    void printsTheRowsOfThePostInItsOrder() {
        StringWriter out = new StringWriter();
        int status = Infermark.run(
                new PrintWriter(out), new PrintWriter(new StringWriter()), "features", "--format", "csv");
        assertEquals(0, status);
        List<String> lines = out.toString().lines().toList();
        assertEquals("feature,torch_neuron,torch_neuronx,modelled,command,manual", lines.getFirst());
        assertEquals(
                List.of(
                        "Tensorboard", "Supported Instances", "Inference Support", "Training Support", "Architecture",
                        "Trace API", "Distributed inference", "IR", "Compiler", "Monitoring"),
                lines.stream().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList());
        assertTrue(lines.get(8).startsWith("IR,GraphDef,HLO,"), lines.get(8));
    }

    @Test
    void everyCommandAndPageThatItNamesExists() {
        for (Feature feature : BlogFeatures.all()) {
            feature.command().ifPresent(command -> {
                String[] arguments = command.split(" ", -1);
                assertDoesNotThrow(() -> Infermark.commandLine(arguments).parseArgs(arguments), feature.name());
            });
            feature.manual().ifPresent(page ->
                    assertTrue(Files.isRegularFile(Path.of("src/site/markdown", page + ".md")), feature.name()));
        }
    }

    @Test
    void theManualShowsTheTable() throws IOException {
        assertTrue(Files.readString(Path.of("src/site/markdown/runtime.md"))
                .contains(TableFormat.MARKDOWN.write(FeatureTable.table())));
    }

    @Test
    void whatHasNoCommandIsSaidNotToBeModelled() {
        for (Feature feature : BlogFeatures.all()) {
            assertTrue(feature.command().isPresent() || feature.modelled().equals("not modelled"), feature.name());
        }
    }
}
