package dev.infermark.serve.rest;

import dev.infermark.json.JsonRefusal;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.TensorSpec;
import dev.infermark.serve.protocol.InferRequest;
import dev.infermark.serve.protocol.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * A request as HTTP carries it.
 *
 * @param request what is asked for
 * @param isBinary whether outputs come as binary data where nothing else is said of them
 * @param binary outputs that are to come as binary data
 * @param json outputs that are to come as JSON
 */
record RestRequest(InferRequest request, boolean isBinary, Set<String> binary, Set<String> json) {
    private static final int LONGEST_HEADER = 1 << 24;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Failures of the connection pass as they are.
            .disable(DeserializationFeature.WRAP_EXCEPTIONS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule().addDeserializer(DataTally.class, new DataTally.Reader()))
            .build();

    /** Whether an output comes as binary data. */
    boolean isBinary(String output) {
        return binary.contains(output) || (isBinary && !json.contains(output));
    }

    /** Refuses outputs that are to come as JSON but cannot. */
    void requireInJson(ServedModel model) {
        for (TensorSpec output : model.outputs()) {
            boolean isAsked = request.outputs().isEmpty() || request.outputs().contains(output.name());
            if (isAsked && !output.datatype().isInJson() && !isBinary(output.name())) {
                throw ProtocolException.invalid("output '" + output.name() + "' of datatype " + output.datatype()
                        + " cannot be sent as JSON; ask for binary data");
            }
        }
    }

    /**
     * Reads a request from the body to its end, without keeping the data.
     *
     * @param headerBytes length of the JSON in front of binary data, if the client tells one
     * @throws ProtocolException where it is none
     * @throws IOException where the client does not send all of it
     */
    static RestRequest read(InputStream body, OptionalLong headerBytes) throws IOException {
        RequestJson json;
        if (headerBytes.isEmpty()) {
            json = parse(body);
            requireData(json, OptionalLong.empty());
        } else {
            json = parse(header(body, headerBytes.getAsLong()));
            requireData(json, OptionalLong.of(rest(body)));
        }
        return of(json);
    }

    private static InputStream header(InputStream body, long length) throws IOException {
        if (length < 0 || length > LONGEST_HEADER) {
            throw ProtocolException.invalid("Inference-Header-Content-Length is " + length + "; it must be 0 to "
                    + LONGEST_HEADER);
        }
        byte[] header = body.readNBytes((int) length);
        if (header.length < length) {
            throw ProtocolException.invalid("the body ends after " + header.length
                    + " bytes, but Inference-Header-Content-Length is " + length);
        }
        return new ByteArrayInputStream(header);
    }

    private static long rest(InputStream body) throws IOException {
        return body.transferTo(OutputStream.nullOutputStream());
    }

    private static RequestJson parse(InputStream text) throws IOException {
        try {
            return MAPPER.readValue(text, RequestJson.class);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (DatabindException e) {
            throw ProtocolException.invalid("the request" + JsonRefusal.path("", e) + " "
                    + JsonRefusal.reason(e, Map.of()));
        } catch (JacksonException e) {
            throw ProtocolException.invalid("the request " + JsonRefusal.ofText(e));
        }
    }

    /** Checks that all data are there, in JSON or, if there are any, behind it. */
    private static void requireData(RequestJson json, OptionalLong binaryBytes) {
        long expected = 0;
        for (RequestJson.Input input : json.inputs()) {
            InferRequest.Input tensor = tensor(input);
            if (input.parameters().flatMap(RequestJson.InputParameters::sharedMemory).isPresent()) {
                throw new ProtocolException(
                        ProtocolException.Kind.UNSUPPORTED, "shared memory is not served; send the data");
            }
            OptionalLong bytes = input.binaryBytes();
            if (bytes.isPresent() && binaryBytes.isPresent()) {
                long size = tensor.bytes();
                if (bytes.getAsLong() != size) {
                    throw ProtocolException.invalid("input '" + input.name() + "' of datatype " + tensor.type()
                            + " and shape " + tensor.shape() + " has a binary_data_size of " + bytes.getAsLong()
                            + " instead of " + size);
                }
                expected += size;
            } else {
                input.data()
                        .orElseThrow(() -> ProtocolException.invalid("input '" + input.name() + "' has no data; give "
                                + "data, or binary_data_size and Inference-Header-Content-Length"))
                        .requireFit(tensor);
            }
        }
        if (binaryBytes.isPresent() && binaryBytes.getAsLong() != expected) {
            throw ProtocolException.invalid("the body has " + binaryBytes.getAsLong()
                    + " bytes of binary data instead of " + expected);
        }
    }

    private static RestRequest of(RequestJson json) {
        List<String> outputs = new ArrayList<>();
        Set<String> binaryOutputs = new HashSet<>();
        Set<String> jsonOutputs = new HashSet<>();
        for (RequestJson.Output output : json.outputs().orElse(List.of())) {
            outputs.add(output.name());
            output.parameters().ifPresent(parameters -> {
                if (parameters.classes().orElse(0) != 0 || parameters.sharedMemory().isPresent()) {
                    throw new ProtocolException(
                            ProtocolException.Kind.UNSUPPORTED,
                            "output '" + output.name() + "' cannot be classified or put into shared memory here");
                }
                parameters.isBinary().ifPresent(is -> (is ? binaryOutputs : jsonOutputs).add(output.name()));
            });
        }
        return new RestRequest(
                new InferRequest(
                        json.id(), json.inputs().stream().map(RestRequest::tensor).toList(), outputs),
                json.parameters().flatMap(RequestJson.Parameters::isBinary).orElse(false),
                binaryOutputs,
                jsonOutputs);
    }

    private static InferRequest.Input tensor(RequestJson.Input input) {
        return new InferRequest.Input(input.name(), input.datatype(), input.shape());
    }
}
