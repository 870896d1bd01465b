package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompileCommandTest {
    private static final String HLO = "src/test/resources/dev/infermark/reader/hlo/";

    @TempDir
    private Path folder;

    private record Result(int status, String out, String err) {}

    @ParameterizedTest
    @CsvSource({
        "bert-large-uncased --batch 8, ''",
        "bert-base-uncased --data-type bf16 --sdk 2.9, --workers 2 --cores 1",
        "bert-base-uncased --auto-cast none, --instance inf2.48xlarge",
        "bert-base-uncased --instance inf1.xlarge --batch 6, --instance inf1.24xlarge --pipeline-cores 16 --workers 12",
        "resnet50 --batch 4 --auto-cast all --auto-cast-type fp16, --price-basis ri-effective",
        "gpt2 --instance trn1.2xlarge, --instance trn1.2xlarge",
        "src/examples/digits-mlp.onnx --dim batch=4, ''",
        "src/examples/digits-mlp.onnx --dim batch=4 --instance inf1.xlarge, --instance inf1.xlarge",
        "src/examples/config.json --sequence-length 256, ''",
        HLO + "unrolled_layers.hlo, ''",
        HLO + "scan_layers.hlo --data-type bf16, ''",
    })
    void predictsToTheDigitWhatTheModelIsPredictedToDo(String model, String deployed) {
        Path file = folder.resolve("model.infermark");
        run("compile " + model + " --out " + file, 0);
        for (String format : List.of("--format json", "--format csv --layers", "--format table")) {
            Result compiled = run("predict --compiled " + file + " " + deployed + " " + format, 0);
            Result direct = run("predict " + withoutInstance(model, deployed) + " " + deployed + " " + format, 0);
            assertEquals(direct.out(), compiled.out());
            assertEquals(withoutHint(direct.err()), compiled.err());
        }
    }

    /** Whoever has compiled a network that generates text for one call has been told of it. */
    private static String withoutHint(String err) {
        return err.replaceFirst("infermark: note: \\S+ generates text, .*\\R", "");
    }

    /** The model's own instance is only for the chip where the deployment names another. */
    private static String withoutInstance(String model, String deployed) {
        return deployed.contains("--instance") ? model.replaceFirst("--instance \\S+", "") : model;
    }

    @Test
    void withoutAnInstanceTheSmallestWithTheChipIsTaken() {
        Path file = folder.resolve("model.infermark");
        run("compile bert-tiny --instance inf1.24xlarge --out " + file, 0);
        assertTrue(run("predict --format csv --compiled " + file, 0).out().contains(",inf1.xlarge,"));
    }

    @Test
    void tellsHowLongTheNeuronCompilerTakesAndWhereNobodySaidSo() {
        String bert = "compile bert-large-uncased --out " + folder.resolve("bert");
        double seconds = Double.parseDouble(value(bert, "compile_s"));
        assertTrue(seconds > 50 && seconds < 200, () -> seconds + " s");
        assertTrue(Double.parseDouble(value(bert, "compile_lower_s")) < seconds);
        assertTrue(Double.parseDouble(value(bert, "load_lower_s")) < Double.parseDouble(value(bert, "load_upper_s")));
        String resnet = "compile resnet50 --instance inf1.xlarge --out " + folder.resolve("resnet");
        assertEquals("unpublished", value(resnet, "compile_s"));
    }

    @Test
    void equalModelsGiveEqualFilesWhoseChecksumsAreThoseOfSha256sum() throws IOException {
        Path file = compiled();
        byte[] first = Files.readAllBytes(file);
        compiled();
        assertArrayEquals(first, Files.readAllBytes(file));
        for (String line : part(file, "SHA256SUMS").lines().toList()) {
            String[] fields = line.split(" {2}", -1);
            assertEquals(Sha256.of(part(file, fields[1]).getBytes(StandardCharsets.UTF_8)), fields[0]);
        }
    }

    @Test
    void theFileSaysWhereItComesFrom() throws IOException {
        Path file = folder.resolve("model.infermark");
        Path model = Path.of("src/examples/digits-mlp.onnx");
        run("compile " + model + " --dim batch=4 --sdk 2.20 --out " + file, 0);
        String manifest = part(file, "manifest.json");
        Stream.of(Sha256.of(model), "compile " + model, "inferentia2", "\"2.20\"", "neuroncore-v2", Infermark.version())
                .forEach(word -> assertTrue(manifest.contains(word), () -> word + " in " + manifest));
    }

    @Test
    void aFileThatIsCutShortAnywhereIsRefusedInOneLine() throws IOException {
        Path file = compiled();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 37) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(run("predict --compiled " + file, 2), "compile");
        }
    }

    @Test
    void aFileWithOneOtherByteIsRefusedOrAnswersTheSame() throws IOException {
        Path file = compiled();
        String answer = run("predict --format csv --compiled " + file, 0).out();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(file, changed);
            Result result = run("predict --format csv --compiled " + file);
            if (result.status() == 0) {
                assertEquals(answer, result.out());
            } else {
                assertRefused(result, "compile");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "manifest.json, 'inferentia2', 'inferentia1'",
        "program.json, '\"repetitions\" : 1', '\"repetitions\" : 2'"
    })
    void aFileThatWasChangedByHandIsRefused(String part, String from, String to) throws IOException {
        Path file = compiled();
        rewrite(file, part, content -> content.replaceFirst(from, to));
        assertRefused(run("predict --compiled " + file, 2), "was changed after it was compiled");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"work\" : 0', '\"work\" : 99'",
        "'\"bytes\" : \\d+', '\"bytes\" : -1'",
        "'\"movingColumns\" : \\d+', '\"movingColumns\" : -5'",
        "'\"passes\" : \\d+', '\"passes\" : 9223372036854775807'",
        "'\"storedBytes\" : \\d+', '\"storedBytes\" : -1'",
        "'\"repetitions\" : 1', '\"repetitions\" : 0'"
    })
    void aProgramThatCannotBeIsRefusedThoughItsChecksumsFit(String from, String to) throws IOException {
        Path file = compiled();
        rewrite(file, "program.json", content -> content.replaceFirst(from, to));
        rewrite(file, "SHA256SUMS", _ -> sums(file));
        assertRefused(run("predict --compiled " + file, 2), "program that cannot be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "parameters", "fileBytes", "dividedWeights"})
    void aCountThatNoNetworkHasIsRefusedThoughItsChecksumFits(String count) throws IOException {
        Path file = compiled();
        rewrite(
                file,
                "manifest.json",
                content -> content.replaceFirst("\"" + count + "\" : \\d+", "\"" + count + "\" : " + Long.MAX_VALUE));
        rewrite(file, "SHA256SUMS", _ -> sums(file));
        assertRefused(run("predict --compiled " + file, 2), "manifest.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "\"1\"", "null", "1e999"})
    void aFileOfAnotherVersionIsRefusedByIt(String version) throws IOException {
        Path file = compiled();
        rewrite(file, "manifest.json", content -> content.replaceFirst("\"version\" : 1", "\"version\" : " + version));
        assertRefused(run("predict --compiled " + file, 2), "version");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = compiled();
        Files.writeString(folder.resolve("text"), "no zip");
        rewrite(file, "other.json", _ -> "{}");
        assertRefused(run("predict --compiled " + file, 2), "changed");
        assertRefused(run("predict --compiled " + folder.resolve("text"), 2), "no compiled network");
        assertRefused(run("predict --compiled " + folder, 2), "no regular file");
        assertRefused(run("predict --compiled " + folder.resolve("absent"), 2), "no such file");
    }

    @Test
    void aFileForAnotherChipIsRefused() {
        assertRefused(
                run("predict --instance inf1.xlarge --compiled " + compiled(), 2),
                "compiled for the chip inferentia2, not for inferentia1");
    }

    @Test
    void aFileForACoreOfOtherFiguresIsRefused() throws IOException {
        Path file = compiled();
        rewrite(file, "manifest.json", content -> content.replaceFirst("(\"coreSha256\" : \").", "$1x"));
        rewrite(file, "SHA256SUMS", _ -> sums(file));
        assertRefused(run("predict --compiled " + file, 2), "other figures");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--batch 8", "--sdk 2.20", "--auto-cast all", "bert-tiny", "--isl 128 --osl 128"})
    void whatIsCompiledInCannotBeSaidAgain(String option) {
        assertRefused(run("predict " + option + " --compiled " + compiled(), 2), "decided when a model is compiled");
    }

    @Test
    void theModelIsNotOverwritten() throws IOException {
        Path model = Files.copy(Path.of("src/examples/digits-mlp.onnx"), folder.resolve("net.onnx"));
        byte[] before = Files.readAllBytes(model);
        assertRefused(run("compile " + model + " --dim batch=4 --out " + model, 2), "the model itself");
        assertArrayEquals(before, Files.readAllBytes(model));
    }

    @Test
    void nothingIsWrittenWhereAModelIsRefused() {
        assertRefused(run("compile bert-base-uncased --batch 0 --out " + folder.resolve("none"), 2), "batch");
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void aNoteSaysThatAnotherProgramCompiledIt() throws IOException {
        Path file = compiled();
        rewrite(file, "manifest.json", content -> content.replace(Infermark.version(), "infermark 0.0.1"));
        rewrite(file, "SHA256SUMS", _ -> sums(file));
        Result result = run("predict --compiled " + file, 0);
        assertTrue(result.err().contains("was compiled by infermark 0.0.1"), result::err);
    }

    /** A copy of a file whose command, and so every byte, is the same in each run. */
    private Path compiled() {
        Path file = Path.of("target/compile-command-test.infermark");
        run("compile bert-tiny --out " + file, 0);
        try {
            return Files.copy(
                    file, folder.resolve("tiny.infermark"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sums(Path file) {
        return Stream.of("manifest.json", "program.json")
                .map(name -> Sha256.of(part(file, name).getBytes(StandardCharsets.UTF_8)) + "  " + name + "\n")
                .reduce("", String::concat);
    }

    private static String part(Path file, String name) {
        try {
            return Objects.requireNonNull(parts(file).get(name), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> parts(Path file) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                parts.put(
                        entry.getName(),
                        new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }

    private static void rewrite(Path file, String part, UnaryOperator<String> change) throws IOException {
        Map<String, String> parts = parts(file);
        parts.put(part, change.apply(parts.getOrDefault(part, "")));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static String value(String line, String key) {
        JsonNode row = JsonMapper.shared()
                .readTree(run(line + " --format json", 0).out())
                .at("/rows/0");
        return row.required(key).asString();
    }

    private static void assertRefused(Result result, String words) {
        assertEquals(2, result.status(), result::toString);
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result::err);
        assertTrue(result.err().contains(words), result::err);
    }

    private static Result run(String line, int status) {
        Result result = run(line);
        assertEquals(status, result.status(), () -> line + ": " + result);
        return result;
    }

    private static Result run(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Infermark.run(new PrintWriter(out), new PrintWriter(err), line.strip().split("\\s+", -1));
        return new Result(status, out.toString(), err.toString());
    }
}
