package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitCommandTest {
    private static final String DOES = " does: ";

    @ParameterizedTest
    @ValueSource(strings = {
        "llama-3-8b --instance inf2.xlarge --input-length 8000 --output-length 192 --batch 16",
        "llama-3-8b --instance inf2.xlarge --input-length 800 --output-length 192 --compiled-length 8192 --batch 16",
        "llama-3-8b --instance inf2.xlarge --input-length 8000 --output-length 192 --compiled-length 8192 --batch 16",
        "llama-2-70b --instance inf2.8xlarge --input-length 128 --output-length 128",
        "bloom-176b --instance inf2.48xlarge --input-length 128 --output-length 256",
        "gpt3-175b --instance inf2.48xlarge --input-length 1024 --output-length 1024",
        "gpt3-175b --instance inf2.48xlarge --input-length 1024 --output-length 1024 --batch 8",
        "mixtral-8x7b --instance inf2.8xlarge --input-length 128 --output-length 16",
        "mixtral-8x7b --instance inf2.24xlarge --expert-parallel 4 --input-length 8000 --output-length 16 --batch 64",
        "t5-large --instance inf2.xlarge --tensor-parallel 1 --output-length 1024 --batch 512",
        "bert-large-uncased --instance inf1.xlarge --batch 64",
        "bert-large-uncased --instance inf1.xlarge --batch 64 --cores 2",
        "bert-large-uncased --instance inf2.xlarge --batch 4096 --cores 1",
        "resnet50 --instance inf1.xlarge --batch 64 --cores 4 --auto-cast-type fp16",
        "gpt2-xl --instance inf1.xlarge --cores 4 --auto-cast-type fp16",
        "bert-large-uncased --instance inf2.xlarge --batch 4096 --cores 1 --auto-cast none"
    })
    void whateverItAdvisesFits(String command) {
        String message = fails(command);
        List<String> changes = List.of(message.substring(message.indexOf(DOES) + DOES.length()).strip().split("; "));
        for (String change : changes) {
            Map<String, String> options = options(command);
            options.putAll(options(change));
            assertEquals(0, run(model(command), options), change + " of " + message);
        }
    }

    @Test
    void namesALibraryThatNeedsLess() {
        assertTrue(fails("bloom-176b --instance inf2.48xlarge --input-length 128 --output-length 256")
                .contains("this does: --runtime transformers-neuronx"));
        assertTrue(fails("gpt3-175b --instance inf2.48xlarge --input-length 1024 --output-length 1024")
                .contains("--runtime transformers-neuronx"));
    }

    @Test
    void saysWhereTheHostIsTooSmallToLoadIt() {
        String message = fails("llama-3.1-405b --instance trn1.32xlarge --tensor-parallel 32 --weight-type int8"
                + " --runtime transformers-neuronx"
                + " --input-length 128 --output-length 128");
        assertTrue(message.contains("loading it on the host needs "), message);
        assertTrue(!message.contains("first core"), message);
    }

    @Test
    void answersAboutTheCallsThatPredictAnswersAbout() {
        for (String command : List.of("fit", "predict")) {
            StringWriter err = new StringWriter();
            PrintWriter none = new PrintWriter(new StringWriter());
            Infermark.run(none, new PrintWriter(err), command, "gpt2-xl", "--instance", "inf1.xlarge");
            assertTrue(err.toString().contains("gpt2-xl generates text, and this is one call"), err.toString());
        }
    }

    @Test
    void takesOneInstance() {
        StringWriter err = new StringWriter();
        assertEquals(2, run("resnet50", Map.of("--instance", "inf2.xlarge,inf1.xlarge"), err));
        assertTrue(err.toString().contains("fit tells of one instance"), err.toString());
    }

    private static String fails(String command) {
        StringWriter err = new StringWriter();
        assertEquals(1, run(model(command), options(command), err), err::toString);
        return err.toString();
    }

    private static String model(String command) {
        return command.substring(0, command.indexOf(' '));
    }

    /** Values by the names of their options. */
    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> words = Arrays.stream(text.split(" ")).dropWhile(word -> !word.startsWith("--")).toList();
        for (int at = 0; at < words.size(); at += 2) {
            options.put(words.get(at), words.get(at + 1));
        }
        return options;
    }

    private static int run(String model, Map<String, String> options) {
        return run(model, options, new StringWriter());
    }

    private static int run(String model, Map<String, String> options, StringWriter err) {
        Stream<String> words =
                options.entrySet().stream().flatMap(option -> Stream.of(option.getKey(), option.getValue()));
        return Infermark.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                Stream.concat(Stream.of("fit", model), words).toArray(String[]::new));
    }
}
