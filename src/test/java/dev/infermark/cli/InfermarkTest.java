package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfermarkTest {
    /** Without its execution strategy a command loses about half of its outputs here. */
    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void writesToTheGivenWriterWhileSomebodyReplacesTheStandardOutput() throws InterruptedException {
        PrintStream standard = System.out;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        AtomicBoolean done = new AtomicBoolean();
        Thread replacing = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                System.setOut(nowhere);
                System.setOut(standard);
            }
        });
        try {
            for (int i = 0; i < 40; i++) {
                StringWriter out = new StringWriter();
                PrintWriter err = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
                assertEquals(0, Infermark.run(new PrintWriter(out), err, "support"));
                assertTrue(out.toString().contains("inferentia1"), out::toString);
            }
        } finally {
            done.set(true);
            replacing.join();
            System.setOut(standard);
        }
    }

    @Test
    void aloneItPrintsHelpWithExamples() {
        Result result = run();
        assertEquals(0, result.status());
        assertTrue(result.out().contains("infermark predict bert-large-uncased"), result::out);
        assertTrue(result.out().lines().allMatch(line -> line.length() <= 80), result::out);
    }

    @Test
    void listsCommandsInGroupsWithASentenceEach() {
        String help = run("--help").out();
        assertTrue(help.contains("\nPredict:\n  predict      Predicts latency"), help);
        assertTrue(
                help.contains("\nDecide:\n  plan         Finds the cheapest deployment that meets a target\n"), help);
        assertTrue(help.contains("  help         Display help information about the specified command\n"), help);
    }

    @ParameterizedTest
    @CsvSource({
        "predct, predict",
        "hardwares, hardware",
        "hardware --instanc inf2.xlarge, --instance",
        "predict bert-tiny --btch 4, --batch",
        "predict bert-tiny --sequence-len=4, --sequence-length"
    })
    void suggestsTheNearestCommandOrOption(String arguments, String nearest) {
        Result result = run(arguments.split(" ", -1));
        assertEquals(2, result.status());
        assertTrue(result.err().contains("did you mean " + nearest + "?"), result::err);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "predict bert-tiny --bogus 3 | there is no option '--bogus'; see infermark predict --help",
        "predict bert-tiny bert-mini | 'bert-mini' is one argument too many; see infermark predict --help",
        "regress nothing | there is no command 'nothing'",
        "predict bert-tiny --format xml | expected one of table, csv, json, markdown, neuronperf but was 'xml'",
        "predict bert-tiny --head x | expected one of raw, sequence-classification, token-classification,",
        "predict src/examples/nope.onnx | no such file: src/examples/nope.onnx; check the path",
        "predict bert-tiny --osl 8 | bert-tiny has no causal head and generates no text; leave out the lengths",
        "load bert-tiny --rate 9000000 | 9,000,000 requests per second exceed the capacity of"
    })
    void saysInOneLineWhatIsWrong(String arguments, String words) {
        Result result = run(arguments.split(" ", -1));
        assertEquals(2, result.status());
        assertTrue(result.err().contains(words), result::err);
        assertEquals(1, result.err().lines().count(), result::err);
    }

    @Test
    void theHelpHasWordsToChooseFromAsPeopleWriteThem() {
        assertTrue(run("explain", "--help").out().contains("summary, engines, layers,"));
        assertTrue(run("regress", "gate", "--help").out().contains("bh, holm"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "predict --version", "regress gate --version", "models -V"})
    void everyCommandTellsTheVersion(String arguments) {
        Result result = run(arguments.split(" ", -1));
        assertEquals(0, result.status());
        assertTrue(result.out().startsWith("infermark "), result::out);
    }

    @Test
    void generatesCompletionForAShell() {
        Result result = run("completion");
        assertEquals(0, result.status());
        assertTrue(result.out().contains("complete -F _complete_infermark"), result::out);
    }

    @ParameterizedTest
    @CsvSource({"bfloat16, 0", "float16, 0", "torch.float32, 0", "half, 0", "int3, 2"})
    void takesPyTorchsWordsForTypes(String type, int status) {
        assertEquals(status, run("inspect", "bert-base-uncased", "--data-type", type).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"matmul", "matmult", "all", "none"})
    void takesTheCompilersWordsForCasts(String choice) {
        assertEquals(0, run("predict", "--model", "bert-base-uncased", "--auto-cast", choice).status());
    }

    @Test
    void aFaultOfOursIsOneLineAndAStatusOfItsOwn() {
        StringWriter err = new StringWriter();
        assertEquals(70, new Failures(new PrintWriter(err, true)).of(new IllegalStateException("not\nthis")));
        assertEquals(1, err.toString().lines().count());
        assertTrue(err.toString().contains("please report"), err::toString);
    }

    @Test
    void accuracyLooksForItsTableBeforeItFits() {
        Result result = run("accuracy", "--check", "absent.csv");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("absent.csv"), result::err);
    }

    @Test
    void aFailureToReadIsTheUsersToFix() {
        StringWriter err = new StringWriter();
        assertEquals(2, new Failures(new PrintWriter(err, true))
                .of(new UncheckedIOException(new IOException("No space left on device"))));
        assertTrue(err.toString().startsWith("infermark: cannot read or write: No space left"), err::toString);
    }

    @Test
    void wantOfMemorySaysHowToGiveMore() {
        StringWriter err = new StringWriter();
        assertEquals(2, new Failures(new PrintWriter(err, true)).of(new OutOfMemoryError()));
        assertTrue(err.toString().contains("INFERMARK_MEMORY"), err::toString);
    }

    @Test
    void aNameCannotSteerTheTerminalNorFillIt() {
        Result result = run("predict", "--model", "\u001b[31m" + "x".repeat(100_000));
        assertEquals(2, result.status());
        assertTrue(result.err().contains("\\x1b[31m") && result.err().length() < 700, result::err);
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device that is always full here");
        StringWriter err = new StringWriter();
        try (StandardOutput out = new StandardOutput(Files.newOutputStream(full))) {
            assertEquals(2, Infermark.run(out, new PrintWriter(err, true), "models"));
        }
        assertTrue(err.toString().startsWith("infermark: cannot write to the standard output"), err::toString);
    }

    @Test
    void aReaderThatWentAwayIsNoFailureToTellOf() {
        StringWriter err = new StringWriter();
        assertEquals(141, new Failures(new PrintWriter(err, true)).ofOutput(new IOException("Broken pipe")));
        assertEquals("", err.toString());
    }

    private record Result(int status, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
