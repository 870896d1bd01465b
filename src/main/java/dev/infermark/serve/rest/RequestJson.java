package dev.infermark.serve.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An inference request as its JSON has it; what the protocol knows beyond is left out.
 *
 * @param id what the client calls it
 * @param parameters of the request
 * @param inputs the tensors
 * @param outputs the outputs that are asked for
 */
record RequestJson(
        Optional<String> id,
        Optional<Parameters> parameters,
        @JsonProperty(required = true) List<Input> inputs,
        Optional<List<Output>> outputs) {

    /**
     * A tensor of the request.
     *
     * @param data its elements, where they are not binary data
     */
    record Input(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String datatype,
            @JsonProperty(required = true) List<Long> shape,
            Optional<InputParameters> parameters,
            Optional<DataTally> data) {

        /** Bytes of binary data, where the data are such. */
        OptionalLong binaryBytes() {
            return parameters.map(InputParameters::binaryBytes).orElse(OptionalLong.empty());
        }
    }

    /** An output that is asked for. */
    record Output(@JsonProperty(required = true) String name, Optional<OutputParameters> parameters) {}

    /** Parameters of a request. */
    record Parameters(@JsonProperty("binary_data_output") Optional<Boolean> isBinary) {}

    /** Parameters of an input. */
    record InputParameters(
            @JsonProperty("binary_data_size") OptionalLong binaryBytes,
            @JsonProperty("shared_memory_region") Optional<String> sharedMemory) {}

    /** Parameters of an output. */
    record OutputParameters(
            @JsonProperty("binary_data") Optional<Boolean> isBinary,
            @JsonProperty("classification") OptionalLong classes,
            @JsonProperty("shared_memory_region") Optional<String> sharedMemory) {}
}
