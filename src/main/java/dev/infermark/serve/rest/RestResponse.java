package dev.infermark.serve.rest;

import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.TensorSpec;
import dev.infermark.serve.protocol.InferResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as HTTP carries it: JSON, and behind it the outputs that were asked for as binary data. Zeros are written
 * piece by piece, so that large outputs take no memory.
 *
 * @param response what is answered
 * @param isBinary which outputs come as binary data
 */
record RestResponse(InferResponse response, Predicate<String> isBinary) {
    private static final int PIECE = 4096;
    private static final byte[] ZEROS = new byte[2 * PIECE];

    /** Bytes behind the JSON. */
    long binaryBytes() {
        return response.outputs().stream()
                .filter(output -> isBinary.test(output.name()))
                .mapToLong(response::bytes)
                .sum();
    }

    /** Elements in the JSON. */
    long jsonElements() {
        return response.outputs().stream()
                .filter(output -> !isBinary.test(output.name()))
                .mapToLong(response::elements)
                .sum();
    }

    /** The JSON. */
    byte[] json() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
        writeJson(text);
        return text.toByteArray();
    }

    /** Writes the JSON, and closes what it is written to. */
    void writeJson(OutputStream out) {
        try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
            json.writeStartObject();
            response.id().ifPresent(id -> json.writeStringProperty("id", id));
            json.writeStringProperty("model_name", response.model().name());
            json.writeStringProperty("model_version", ServedModel.VERSION);
            json.writeObjectPropertyStart("parameters");
            json.writeStringProperty("kind", "modelled");
            json.writeStringProperty("outputs", InferResponse.OUTPUT_NOTE);
            json.writeNumberProperty("modelled_latency_ms", response.times().latencyMs());
            json.writeNumberProperty("modelled_queue_ms", response.times().queueMs());
            json.writeNumberProperty("batch_size", response.batch());
            json.writeEndObject();
            json.writeArrayPropertyStart("outputs");
            for (TensorSpec output : response.outputs()) {
                write(json, output);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void write(JsonGenerator json, TensorSpec output) {
        json.writeStartObject();
        json.writeStringProperty("name", output.name());
        json.writeStringProperty("datatype", output.datatype().name());
        json.writeArrayPropertyStart("shape");
        output.shape(response.batch()).forEach(json::writeNumber);
        json.writeEndArray();
        if (isBinary.test(output.name())) {
            json.writeObjectPropertyStart("parameters");
            json.writeNumberProperty("binary_data_size", response.bytes(output));
            json.writeEndObject();
        } else {
            json.writeArrayPropertyStart("data");
            writeZeros(json, output.datatype().zero(), response.elements(output));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeZeros(JsonGenerator json, String zero, long elements) {
        if (elements == 0) {
            return;
        }
        String next = "," + zero;
        json.writeRaw(zero);
        String piece = elements > PIECE ? next.repeat(PIECE) : "";
        long left = elements - 1;
        for (; left >= PIECE; left -= PIECE) {
            json.writeRaw(piece);
        }
        json.writeRaw(next.repeat((int) left));
    }

    /** Writes the bytes behind the JSON. */
    void writeBinary(OutputStream out) throws IOException {
        for (long left = binaryBytes(); left > 0; left -= ZEROS.length) {
            out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }
}
