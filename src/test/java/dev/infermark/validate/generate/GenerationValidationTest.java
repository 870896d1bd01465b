package dev.infermark.validate.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.generate.TransformerShapes;
import dev.infermark.deploy.generate.WeightStorage;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.Models;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationValidationTest {
    private static final List<Measurement> ROWS = MeasurementFile.builtIn();
    private static final GenerationSubjects SUBJECTS = GenerationSubjects.of(ROWS, Catalog.builtIn());
    private static final List<GenerationSubject> TRUSTED =
            SUBJECTS.accepted().stream().filter(GenerationSubject::isTrusted).toList();
    private static final GenerationIntervals INTERVALS = GenerationIntervals.builtIn();
    private static final List<GenerationAnswer> ANSWERS =
            GenerationAnswer.of(TRUSTED, Calibrations.builtIn(), GenerationCalibration.builtIn());

    @Test
    void predictsEveryTrustedRowOfLaterReleasesOrSaysWhyNot() {
        assertTrue(TRUSTED.size() > 240, "rows: " + TRUSTED.size());
        assertTrue(SUBJECTS.refused().values().stream().noneMatch(String::isBlank));
        assertTrue(SUBJECTS.refused().values().stream().anyMatch(reason -> reason.contains("releases before 2.18")));
    }

    @Test
    void staysWithinSixPerCentOfTheTimePerToken() {
        assertTrue(mean(GenerationQuantity.TPOT) < 6, "mean " + mean(GenerationQuantity.TPOT));
        assertTrue(mean(GenerationQuantity.THROUGHPUT) < 6, "mean " + mean(GenerationQuantity.THROUGHPUT));
    }

    @Test
    void readsLibraryLengthAndClientsFromTheRow() {
        GenerationSubject server = subject("TGI on Transformers NeuronX", 1);
        assertEquals(GenerationRuntime.OPTIMUM_NEURON, server.scenario().runtime());
        assertEquals(1, server.scenario().request().active());
        assertEquals(4096, server.scenario().request().compiledTokens());
        assertEquals(
                GenerationRuntime.NEURONX_DISTRIBUTED,
                subject("NeuronX Distributed", 1).scenario().runtime());
    }

    @Test
    void refinesAChartsWholeMillisecondsByItsThroughput() {
        // 256 tokens in 256 / 113 s, 0.2 s of which pass before the first; the chart says 8 ms.
        GenerationSubject row = TRUSTED.stream()
                .filter(each -> each.measurement().figures().throughput().orElse(0) == 113)
                .findFirst()
                .orElseThrow();
        assertEquals(8, GenerationQuantity.TPOT.published(row).orElseThrow());
        assertEquals((256e3 / 113 - 200) / 255, GenerationQuantity.TPOT.target(row).orElseThrow(), 1e-9);
    }

    @Test
    void derivesNoTimePerTokenFromASingleToken(@TempDir Path folder) throws IOException {
        GenerationSubjects read = read(folder, "llama-3-8b", "100,,9,1024,1,NxD Inference,2.24.1,,8,8,4096");
        assertEquals(9, GenerationQuantity.TPOT.target(read.accepted().getFirst()).orElseThrow());
    }

    @Test
    void comparesWholeRequestsOfAnyEncoderDecoder(@TempDir Path folder) throws IOException {
        String cells = ",90,,128,64,NxD Inference,2.24.1,,8,8,256";
        GenerationSubject whisper = read(folder, "whisper-large-v3", cells).accepted().getFirst();
        assertEquals(90, GenerationQuantity.LATENCY.published(whisper).orElseThrow());
        GenerationSubject llama = read(folder, "llama-3-8b", cells).accepted().getFirst();
        assertTrue(GenerationQuantity.LATENCY.published(llama).isEmpty());
    }

    @Test
    void callsWhatNothingLikeWasMeasuredOfAGuess() {
        for (GenerationQuantity quantity : GenerationQuantity.values()) {
            assertFalse(interval(quantity, "whisper-large-v3", WeightStorage.BF16).isMeasured(), quantity.label());
            assertFalse(interval(quantity, "t5-3b", WeightStorage.BF16).isMeasured(), quantity.label());
            assertFalse(interval(quantity, "mixtral-8x7b", WeightStorage.BF16).isMeasured(), quantity.label());
            assertFalse(interval(quantity, "llama-3-8b", WeightStorage.INT8).isMeasured(), quantity.label());
        }
        assertFalse(INTERVALS
                .of(
                        GenerationQuantity.TPOT,
                        GenerationRuntime.NEURONX_DISTRIBUTED_GREEDY,
                        WeightStorage.BF16,
                        shape("llama-3-8b"))
                .isMeasured());
    }

    @Test
    void takesWiderIntervalsForNetworksThatWereNotMeasured() {
        for (GenerationQuantity quantity : List.of(GenerationQuantity.TTFT, GenerationQuantity.TPOT)) {
            Interval measured = interval(quantity, "llama-3-8b", WeightStorage.BF16);
            Interval unseen = interval(quantity, "mistral-7b", WeightStorage.BF16);
            assertEquals(measured, interval(quantity, "llama-3.1-8b", WeightStorage.BF16));
            assertTrue(unseen.isMeasured() && unseen.halfWidth() > 0.15, unseen.toString());
            assertTrue(measured.halfWidth() < unseen.halfWidth(), measured.toString());
        }
    }

    @Test
    void holdsNothingOutWhereNothingIsLeftToFit() {
        List<GenerationSubject> some = TRUSTED.stream()
                .filter(each -> each.isEncoderDecoder()
                        || each.scenario().runtime() == GenerationRuntime.TRANSFORMERS_NEURONX)
                .toList();
        List<GenerationAccuracy.Line> lines = GenerationAccuracy.measure(
                        some, Calibrations.builtIn(), GenerationCalibration.builtIn(), _ -> {})
                .lines()
                .stream()
                .filter(each -> each.title().startsWith("T5"))
                .toList();
        assertEquals(1, lines.size());
        assertEquals(GenerationAccuracy.Protocol.FITTED_ONLY, lines.getFirst().protocol());
        assertTrue(lines.getFirst().coverage().isEmpty());
    }

    private static Interval interval(GenerationQuantity quantity, String model, WeightStorage storage) {
        return INTERVALS.of(quantity, GenerationRuntime.NEURONX_DISTRIBUTED, storage, shape(model));
    }

    private static TransformerShape shape(String model) {
        return TransformerShapes.of(Models.find(model));
    }

    /** A row of a table; the cells are those from the throughput on. */
    private static GenerationSubjects read(Path folder, String model, String cells) throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(
                file,
                "id,device,instance_type,model,batch_size,throughput,latency_p50_ms,tpot_p50_ms,input_length,"
                        + "output_length,framework,neuron_version,run_mode,tp_degree,cores_used,sequence_length\n"
                        + "row,inf2,inf2.48xlarge," + model + ",4," + cells + "\n");
        GenerationSubjects read = GenerationSubjects.of(MeasurementFile.read(file), Catalog.builtIn());
        assertEquals(Map.of(), read.refused());
        return read;
    }

    /** Framework, release, run mode, degree, cores and length; then library, degree and compiled length. */
    @ParameterizedTest
    @CsvSource({
        "Llama-2-13b-chat-hf,'Transformers NeuronX,2.20.2,tensor-parallel,,8,4096',TRANSFORMERS_NEURONX,8,4096",
        "Llama-3.1-8B,'NxD Inference,2.24.1,tensor-parallel,24,24,16384',NEURONX_DISTRIBUTED_GREEDY,24,16384",
        "mistral-7b-instruct-v0.2,'vLLM,2.28.0,,8,8,',NEURONX_DISTRIBUTED,8,4096",
        "mistral-7b-instruct-v0.2,'vLLM,2.19.1,,8,8,2048',OPTIMUM_NEURON,8,2048",
        "Qwen2.5-7B-Instruct,'optimum-neuron,2.20.0,,4,4,8192',OPTIMUM_NEURON,4,8192",
        "Llama-3.2-1B,'PyTorch,2.19.1,,,1,',TRANSFORMERS_NEURONX,1,1280",
        "google/flan-t5-xl,'NeuronX Distributed,2.18.0,,8,8,128',NEURONX_DISTRIBUTED_GREEDY,8,1280"
    })
    void readsUnknownTablesAsTheirAuthorsSpellThem(
            String model, String cells, GenerationRuntime runtime, int degree, long tokens, @TempDir Path folder)
            throws IOException {
        GenerationScenario scenario =
                read(folder, model, ",,9,1024,256," + cells).accepted().getFirst().scenario();
        assertEquals(runtime, scenario.runtime());
        assertEquals(degree, scenario.degree());
        assertEquals(tokens, scenario.request().compiledTokens());
    }

    @Test
    void fitsTheParametersAgain() {
        List<GenerationSubject> some = TRUSTED.stream()
                .filter(each -> each.scenario().runtime() == GenerationRuntime.TRANSFORMERS_NEURONX)
                .toList();
        GenerationCalibration fitted = new GenerationFit(Calibrations.builtIn()).fit(some);
        assertTrue(fitted.allReduceSeconds() > 2e-5 && fitted.allReduceSeconds() < 7e-5, fitted.toString());
    }

    private static double mean(GenerationQuantity quantity) {
        return ANSWERS.stream()
                .flatMapToDouble(each -> each.errorPercent(quantity).stream())
                .map(Math::abs)
                .average()
                .orElseThrow();
    }

    private static GenerationSubject subject(String framework, int workers) {
        return TRUSTED.stream()
                .filter(each -> each.measurement().setup().framework().equals(framework))
                .filter(each -> each.measurement().setup().workersPerModel().orElse(0) == workers)
                .findFirst()
                .orElseThrow();
    }
}
