package dev.infermark.serve.protocol;

import dev.infermark.serve.device.Ticket;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * An answer: outputs of the right shapes, all of whose elements are zero, and the modelled times.
 *
 * @param model which answers
 * @param id what the client called the request
 * @param outputs the outputs that were asked for
 * @param batch sequences or images of the request
 * @param times modelled
 */
public record InferResponse(
        ServedModel model, Optional<String> id, List<TensorSpec> outputs, int batch, Times times) {
    private static final double NANOS = 1e9;
    private static final double NANOS_OF_MILLI = 1e6;

    /** Says in each answer what its outputs are. */
    public static final String OUTPUT_NOTE = "zeros of the right shapes: the times are modelled, nothing is computed";

    /**
     * The modelled times of a request.
     *
     * @param latencyMs from its arrival to its answer, in milliseconds
     * @param queueMs how much of that it waited
     */
    public record Times(double latencyMs, double queueMs) {}

    /** Copies the outputs. */
    public InferResponse {
        outputs = List.copyOf(outputs);
    }

    /** The answer to a request that has left for the device. */
    public static InferResponse of(ServedModel model, InferRequest request, Ticket ticket) {
        List<TensorSpec> outputs = request.outputs().isEmpty()
                ? model.outputs()
                : request.outputs().stream()
                        .map(name -> model.outputs().stream()
                                .filter(spec -> spec.name().equals(name))
                                .findFirst()
                                .orElseThrow())
                        .toList();
        return new InferResponse(
                model,
                request.id(),
                outputs,
                ticket.places(),
                new Times(millis(ticket.latencySeconds()), millis(ticket.queueSeconds())));
    }

    /** Milliseconds to the nanosecond. */
    private static double millis(double seconds) {
        return Math.round(seconds * NANOS) / NANOS_OF_MILLI;
    }

    /** Elements of an output of this answer. */
    public long elements(TensorSpec output) {
        return output.shape(batch).stream().reduce(1L, Math::multiplyExact);
    }

    /** Bytes of an output of this answer as binary data. */
    public long bytes(TensorSpec output) {
        return elements(output) * output.datatype().bytes();
    }
}
