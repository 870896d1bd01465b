package dev.infermark.serve.rest;

import dev.infermark.serve.model.Datatype;
import dev.infermark.serve.protocol.InferRequest;
import dev.infermark.serve.protocol.ProtocolException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * What the data of a tensor in JSON come to: they are counted and checked as they are read, and not kept.
 *
 * @param elements how many there are, in nested arrays or in one
 * @param hasTexts whether one is a text, an object or null
 * @param hasTruths whether one is true or false
 * @param hasFractions whether one is a number with a point or an exponent
 * @param least the least whole number
 * @param greatest the greatest whole number
 */
record DataTally(
        long elements, boolean hasTexts, boolean hasTruths, boolean hasFractions, double least, double greatest) {

    /** Refuses data that are not as many and of the kind that the input says. */
    void requireFit(InferRequest.Input input) {
        Datatype type = input.type();
        if (!type.isInJson()) {
            throw ProtocolException.invalid("input '" + input.name() + "' of datatype " + type
                    + " cannot be sent as JSON; send it as binary data");
        }
        if (elements != input.elements()) {
            throw ProtocolException.invalid("input '" + input.name() + "' of shape " + input.shape() + " has "
                    + elements + " elements of data instead of " + input.elements());
        }
        boolean fits = !hasTexts && switch (type) {
            case BOOL -> !hasFractions && least >= 0 && greatest <= 1;
            case UINT8, INT8, INT16, INT32, INT64 ->
                    !hasTruths && !hasFractions && least >= type.least() && greatest <= type.greatest();
            case FP16, BF16, FP32, FP64 -> !hasTruths;
        };
        if (!fits) {
            throw ProtocolException.invalid("input '" + input.name() + "' has data that are not of its datatype "
                    + type);
        }
    }

    /** Reads nested arrays to any depth. */
    static final class Reader extends ValueDeserializer<DataTally> {
        @Override
        public DataTally deserialize(JsonParser parser, DeserializationContext context) {
            long elements = 0;
            boolean hasTexts = false;
            boolean hasTruths = false;
            boolean hasFractions = false;
            double least = 0;
            double greatest = 0;
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (true) {
                switch (token) {
                    case START_ARRAY -> depth++;
                    case END_ARRAY -> depth--;
                    case VALUE_NUMBER_INT -> {
                        elements++;
                        double value = parser.getDoubleValue();
                        least = Math.min(least, value);
                        greatest = Math.max(greatest, value);
                    }
                    case VALUE_NUMBER_FLOAT -> {
                        elements++;
                        hasFractions = true;
                    }
                    case VALUE_TRUE, VALUE_FALSE -> {
                        elements++;
                        hasTruths = true;
                    }
                    default -> {
                        elements++;
                        hasTexts = true;
                        parser.skipChildren();
                    }
                }
                if (depth == 0) {
                    return new DataTally(elements, hasTexts, hasTruths, hasFractions, least, greatest);
                }
                token = parser.nextToken();
            }
        }
    }
}
