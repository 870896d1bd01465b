package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationQuestionTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "predict llama-3.2-1b --instance inf2.48xlarge --tp 8 | how many tokens are generated? give --output-length",
        "predict llama-3.2-1b --isl 1024                      | how many tokens are generated? give --output-length",
        "plan llama-3.2-1b --isl 128                          | how many tokens are generated? give --output-length",
        "explain llama-3.2-1b --isl 128                       | how many tokens are generated? give --output-length",
        "predict opt-125m --isl 4000 --osl 8       | has 2048 positions, fewer than the 4008 tokens asked for",
        "predict gpt2 --osl 2000                   | has 1024 positions, fewer than the 2128 tokens asked for",
        "fit gpt2 --osl 8 --compiled-length 1025   | has 1024 positions, fewer than the 1025 tokens asked for",
        "load gpt2 --osl 2000 --rate 1/s           | has 1024 positions, fewer than the 2128 tokens asked for",
        "predict bart-large --isl 5000 --osl 8     | has 1024 positions of its encoder, fewer than the 5000 tokens",
        "predict whisper-tiny --osl 449            | has 448 positions of its decoder, fewer than the 449 tokens",
        "predict whisper-tiny --osl 8 --isl 64     | reads audio and no prompt: its encoder has 1500 frames",
        "predict whisper-tiny --osl 8 --seconds 40 | has positions for 30.0 seconds of audio",
        "predict gpt2 --osl 8 --seconds 4          | gpt2 reads no audio; leave out --seconds",
        "predict bert-base-uncased --osl 32        | no causal head and generates no text; leave out the",
        "predict vit-base-patch16-224 --isl 8      | no causal head and generates no text; leave out the",
        "predict src/examples/digits-mlp.onnx --dim batch=4 --osl 5 | has no attention that a group of cores could",
    })
    void refusesWhatAModelCannotReadOrWrite(String arguments, String words) {
        assertRefuses(arguments, words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "predict gpt2 --osl 8 --sequence-length 64  | --sequence-length is for one call",
        "predict gpt2 --osl 8 --cores 1             | --cores is for one call",
        "predict gpt2 --osl 8 --cached-tokens 64    | --cached-tokens is for one call",
        "predict gpt2 --osl 8 --prompts 2           | --prompts is for one call",
        "predict gpt2 --osl 8 --head raw            | --head is for one call",
        "explain gpt2 --osl 8 --workers 2           | --workers is for one call",
        "load gpt2 --osl 8 --rate 1/s --data-type fp16 | --data-type is for one call",
        "plan gpt2 --osl 8 --auto-cast all          | --auto-cast is for one call",
        "predict bert-tiny --weight-type int8       | --weight-type is for text generation; give --output-length too",
        "explain bert-tiny --runtime optimum-neuron | --runtime is for text generation; give --output-length too",
        "predict gpt2 --compiled-length 64          | --compiled-length is for text generation; give --output-length",
        "explain gpt2 --osl 8 --pipeline-cores 2    | --pipeline-cores divides a network that is called once",
        "predict bert-tiny --pipeline-cores 0       | --pipeline-cores 0 leaves no core to run on; give 1 or more",
        "predict gpt2 --osl 8 --runtime transformer-neuronx | did you mean transformers-neuronx?",
        "collectives --op allreduce                 | did you mean all-reduce?",
        "explain bert-tiny --sequence-parallel      | --sequence-parallel shares out a network that runs once",
        "explain bert-tiny --ep 2                   | --expert-parallel shares out a network that runs once",
        "predict bert-tiny --tp 1 --sequence-parallel | add --tensor-parallel with 2 or more",
        "predict llama-3.2-1b --osl 8 --ep 2        | llama-3.2-1b is no mixture of experts",
    })
    void refusesInOneLineWhatWouldChangeNothing(String arguments, String words) {
        assertRefuses(arguments, words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "predict bert-tiny                             | 90 %",
        "predict llama-3-8b --instance inf2.48xlarge --tp 8 --osl 8 | 90 %",
        "predict bert-tiny --instance inf1.6xlarge --pipeline-cores 2 | guess",
        "predict whisper-tiny --osl 8                  | guess",
    })
    void filesSayWhetherARangeIsAnIntervalOrAGuess(String arguments, String kind) {
        assertEquals(0, run(arguments + " --format json"), err::toString);
        assertTrue(out.toString().contains("interval_kind\" : \"" + kind + "\""), out::toString);
    }

    @Test
    void encodersWithDecodersRunByDefaultAsTheirPublishedFiguresWereTaken() {
        String asked = "predict t5-large --osl 8 --format csv";
        assertEquals(0, run(asked), err::toString);
        String byDefault = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(0, run(asked + " --runtime neuronx-distributed-greedy"), err::toString);
        assertEquals(byDefault, out.toString());
    }

    @Test
    void readsAsMuchAudioAsItWasGiven() {
        run("predict whisper-tiny --osl 8");
        assertTrue(out.toString().contains("whisper-tiny, batch 1, 1,500 tokens in, 8 out"), out::toString);
        run("predict whisper-tiny --osl 8 --seconds 5");
        assertTrue(out.toString().contains("whisper-tiny, batch 1, 250 tokens in, 8 out"), out::toString);
    }

    @Test
    void saysOfSequencesLongerThanThoseOfTheTrainingThatOnlyTheirTimeIsPredicted() {
        assertEquals(0, run("predict gpt-neox-20b --instance inf2.48xlarge --isl 4000 --osl 8"), err::toString);
        assertTrue(err.toString().contains("was made for sequences of up to 2048 tokens"), err::toString);
    }

    @Test
    void saysForHowMuchThereIsRoomWhereNoOutputIsAskedFor() {
        run("fit llama-3.2-1b --instance inf2.8xlarge --tp 2 --isl 1024");
        assertTrue(err.toString().contains("with room for prompts of 1024 tokens and one more"), err::toString);
    }

    private void assertRefuses(String arguments, String words) {
        assertEquals(2, run(arguments), () -> out + arguments);
        assertTrue(err.toString().contains(words), err::toString);
        assertTrue(
                err.toString().lines().noneMatch(line -> line.contains("extrapolat") || line.contains("was made for")),
                err::toString);
    }

    private int run(String arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments.split(" ", -1));
    }
}
