package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is empty, a folder or no text, wherever one is read: one line names it and says what to do. */
class UselessFilesTest {
    private static final String TEXT = "llama-3.2-1b --instance inf2.48xlarge --tp 8 --osl 8";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void make() throws IOException {
        for (String type : new String[] {"txt", "csv", "json"}) {
            Files.createFile(folder.resolve("empty." + type));
            Files.createDirectory(folder.resolve("folder." + type));
            byte[] noise = new byte[999];
            new Random(1).nextBytes(noise);
            Files.write(folder.resolve("binary." + type), noise);
        }
        Files.writeString(folder.resolve("object.json"), "{}");
        Files.writeString(folder.resolve("header.csv"), "arrival_s,input_length,output_length\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load bert-tiny --trace @.txt",
                "load " + TEXT + " --trace @.csv",
                "buckets bert-tiny --lengths @.txt",
                "predict bert-tiny --mode lazy --lengths @.txt",
                "predict bert-tiny --hardware @.json",
                "predict bert-tiny --params @.json",
                "predict bert-tiny --intervals @.json",
                "predict bert-tiny --prices @.csv",
                "predict @.json",
                "predict --compiled @.txt",
                "sweep --grid @.json --out target/never.csv",
                "validate --measurements @.csv",
                "accuracy --check @.csv"
            })
    void isRefusedByNameWithARemedy(String line) {
        for (String kind : new String[] {"empty", "folder", "binary", "missing"}) {
            String file = folder.resolve(kind).toString();
            requireRefusal(line.replace("@", file), file);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "predict bert-tiny --hardware @object.json, describes nothing; give any of",
        "sweep --grid @object.json --out target/never.csv, no 'model_name'; name a model",
        "load llama-3.2-1b --instance inf2.48xlarge --tp 8 --trace @header.csv, has no requests; write one"
    })
    void isRefusedToo(String line, String reason) {
        requireRefusal(line.replace("@", folder + "/"), reason);
        assertTrue(err.toString().contains(folder.toString()), err::toString);
    }

    @Test
    void aFolderIsNoTargetOfASweepAndIsNamedOnce() {
        requireRefusal("sweep --grid src/examples/grid.json --out " + folder, "it is a folder; name a file");
        assertEquals(2, err.toString().split(folder.toString(), -1).length, err::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load bert-tiny --clients 4 --arrivals constant",
                "load bert-tiny --p99 3ms --arrivals constant",
                "load bert-tiny --clients 4 --rate 3/s"
            })
    void whatWouldBeIgnoredIsRefused(String line) {
        requireRefusal(line, "--rate");
    }

    private void requireRefusal(String line, String words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int status = Infermark.run(new PrintWriter(out), new PrintWriter(err), line.split(" "));
        assertEquals(2, status, () -> line + ": " + out + err);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(words), () -> line + ": " + err);
        assertTrue(err.toString().matches("(?s).*(; |expected the columns|give one of).*"), () -> "no remedy: " + err);
        assertFalse(err.toString().contains("Exception"), err::toString);
    }
}
