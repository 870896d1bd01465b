package dev.infermark.serve.grpc;

import com.google.protobuf.ByteString;
import dev.infermark.serve.protocol.InferRequest;
import dev.infermark.serve.protocol.ProtocolException;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import java.util.List;
import java.util.Optional;

/** Requests as gRPC carries them. */
final class GrpcRequest {
    private GrpcRequest() {}

    /** The request of a message, whose data are checked to be there and left out. */
    static InferRequest read(ModelInferRequest message) {
        List<InferInputTensor> tensors = message.getInputsList();
        List<InferRequest.Input> inputs = tensors.stream()
                .map(tensor -> new InferRequest.Input(tensor.getName(), tensor.getDatatype(), tensor.getShapeList()))
                .toList();
        List<ByteString> raw = message.getRawInputContentsList();
        if (!raw.isEmpty() && raw.size() != inputs.size()) {
            throw ProtocolException.invalid(
                    "raw_input_contents has the data of " + raw.size() + " inputs, but there are " + inputs.size());
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (raw.isEmpty()) {
                requireContents(inputs.get(i), tensors.get(i).getContents());
            } else {
                requireBytes(inputs.get(i), raw.get(i).size());
            }
        }
        return new InferRequest(
                message.getId().isEmpty() ? Optional.empty() : Optional.of(message.getId()),
                inputs,
                message.getOutputsList().stream()
                        .map(ModelInferRequest.InferRequestedOutputTensor::getName)
                        .toList());
    }

    private static void requireBytes(InferRequest.Input input, long bytes) {
        long expected = input.bytes();
        if (bytes != expected) {
            throw ProtocolException.invalid("input '" + input.name() + "' of datatype " + input.datatype()
                    + " and shape " + input.shape() + " has " + bytes + " bytes instead of " + expected);
        }
    }

    private static void requireContents(InferRequest.Input input, InferTensorContents contents) {
        int elements = switch (input.type()) {
            case BOOL -> contents.getBoolContentsCount();
            case UINT8 -> contents.getUintContentsCount();
            case INT8, INT16, INT32 -> contents.getIntContentsCount();
            case INT64 -> contents.getInt64ContentsCount();
            case FP32 -> contents.getFp32ContentsCount();
            case FP64 -> contents.getFp64ContentsCount();
            case FP16, BF16 ->
                throw ProtocolException.invalid("input '" + input.name() + "' of datatype " + input.datatype()
                        + " comes in raw_input_contents only");
        };
        if (elements != input.elements()) {
            throw ProtocolException.invalid("input '" + input.name() + "' of datatype " + input.datatype()
                    + " and shape " + input.shape() + " has " + elements + " elements in the contents of its datatype "
                    + "instead of " + input.elements());
        }
    }
}
