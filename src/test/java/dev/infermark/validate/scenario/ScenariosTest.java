package dev.infermark.validate.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.TaskHead;
import dev.infermark.validate.measurement.MeasurementFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenariosTest {
    private static final String HEADER = "id,device,instance_type,model,family,task,run_mode,cores_used,n_models,"
            + "workers_per_model,batch_size,sequence_length,image_size,model_dtype,autocast_dtype,throughput,"
            + "latency_p50_ms,neuron_version,application_type\n";

    @TempDir
    private Path folder;

    private Scenario scenario(String line) {
        Path file = folder.resolve("m.csv");
        SafeFiles.write(file, HEADER + line + "\n");
        return new Scenarios(Catalog.builtIn()).of(MeasurementFile.read(file).getFirst());
    }

    @Test
    void takesCoresWorkersTypesAndReleaseFromTheRow() {
        Scenario scenario = scenario("a,inf2,inf2.xlarge,bert-base-uncased,bert,Raw Output (AutoModel),data-parallel,"
                + "2,2,1,16,128,,fp32,matmult-bf16,1,1,2.18.0,batch");
        assertEquals(2, scenario.deployment().cores());
        assertEquals(1, scenario.deployment().workersPerCopy());
        assertEquals(16, scenario.workload().batch());
        assertEquals(OptionalLong.of(128), scenario.workload().sequenceLength());
        assertEquals(new Precision(DataType.BF16, DataType.FP32), scenario.precision());
        assertEquals(new SdkVersion(2, 18), scenario.deployment().sdk());
    }

    @Test
    void derivesWorkersFromCallsInFlight() {
        // 4 cores, batch 6, 1150/s at 41 ms: 7.86 calls in flight, two on each core
        Scenario scenario = scenario(
                "a,inf1,inf1.xlarge,bert-base-cased,bert,,data-parallel,4,,,6,128,,fp32,,1150,41,2.5,batch");
        assertEquals(4, scenario.deployment().cores());
        assertEquals(2, scenario.deployment().workersPerCopy());
        assertEquals(Optional.of(TaskHead.SEQUENCE_CLASSIFICATION), scenario.workload().head());
        assertEquals(new Precision(DataType.BF16, DataType.BF16), scenario.precision());
    }

    @Test
    void leavesCoresIdleThatHaveNoCall() {
        // 16 cores, batch 16, 2128/s at 30 ms: 3.99 calls in flight
        Scenario scenario = scenario("a,inf1,inf1.6xlarge,distilbert-base-uncased,distilbert,,data-parallel,16,,,16,"
                + "128,,fp32,,2128,30,2.17,batch");
        assertEquals(4, scenario.deployment().cores());
        assertEquals(1, scenario.deployment().workersPerCopy());
    }

    @Test
    void saysWhatItAssumesWhenNothingTellsTheWorkers() {
        Scenario scenario = scenario(
                "a,inf1,inf1.6xlarge,resnet50,resnet,,data-parallel,16,16,,2,,224x224,fp16,,5150,,,batch");
        assertEquals(2, scenario.deployment().workersPerCopy());
        assertTrue(scenario.assumption().contains("2 per core assumed"));
        assertEquals(SdkVersion.NEWEST, scenario.deployment().sdk());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a,inf2,inf2.48xlarge,llama-2-70b,llama,Text Generation,tensor-parallel,24,,,1,,,fp16,,30,,2.18,batch "
                + "| autoregressive decoding",
        "a,inf1,inf1.6xlarge,bert-base-uncased,bert,,model-pipeline,16,,,1,128,,fp32,,1994,,2.5,batch "
                + "| how many clients",
        "a,inf2,inf2.xlarge,stable-diffusion-1.5,stable-diffusion,,data-parallel,2,,,1,,512x512,fp32,,1,1,2.18,batch "
                + "| denoising steps",
        "a,inf2,inf2.xlarge,bert-base-uncased,bert,,data-parallel,2,2,1,,128,,fp32,,1,1,2.18,batch "
                + "| the batch size is not published",
        "a,inf2,inf2.xlarge,resnet50,resnet,,data-parallel,2,2,1,1,,936x624,fp32,,1,1,2.18,batch | is no square",
        "a,inf2,inf2.xlarge,no-such-net,x,,data-parallel,2,2,1,1,,,fp32,,1,1,2.18,batch | no model",
        "a,inf2,inf1.xlarge,resnet50,resnet,,data-parallel,2,2,1,1,,224,fp32,,1,1,2.18,batch | no instance of device",
        "a,inf2,inf2.xlarge,bert-base-uncased,bert,,data-parallel,2,2,1,1,128,,fp99,,1,1,2.18,batch | element type",
        "a,inf1,inf1.6xlarge,distilbert-base-uncased,distilbert,,data-parallel,16,,,128,128,,fp32,,3172,40.2,2.5,batch"
                + " | split over 16 cores",
    })
    void refusesWhatItCannotPredictByName(String line, String reason) {
        UserError error = assertThrows(UserError.class, () -> scenario(line));
        assertTrue(String.valueOf(error.getMessage()).contains(reason), error.getMessage());
    }
}
