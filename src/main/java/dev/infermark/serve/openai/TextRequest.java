package dev.infermark.serve.openai;

import dev.infermark.runtime.continuous.RequestSize;
import dev.infermark.serve.generate.GeneratingModel;
import tools.jackson.databind.JsonNode;

/**
 * A request for text. What would choose among words, such as a temperature, is taken and has no effect.
 *
 * @param size its tokens
 * @param delivery how it is answered
 */
record TextRequest(RequestSize size, Delivery delivery) {
    /** What OpenAI gives where a completion does not say how much it wants. */
    private static final long DEFAULT_COMPLETION = 16;

    /** How an answer is sent. */
    enum Delivery {
        /** At the end. */
        WHOLE,
        /** Token by token. */
        STREAM,
        /** Token by token, with the usage in a piece of its own at the end. */
        STREAM_WITH_USAGE
    }

    /** Reads a request; refuses what the model or the API does not take. */
    static TextRequest read(Endpoint endpoint, JsonNode body, GeneratingModel model) {
        if (!body.isObject()) {
            throw OpenAiException.invalid(null, "the body must be a JSON object");
        }
        String name = body.path("model").isString() ? body.path("model").stringValue() : "";
        if (!name.equals(model.name())) {
            throw OpenAiException.noModel(name);
        }
        JsonNode count = body.path("n");
        if (isGiven(count) && !(count.canConvertToLong() && count.isIntegralNumber() && count.longValue() == 1)) {
            throw OpenAiException.invalid("n", "'n' must be 1 here: send a request for each answer");
        }
        long input = switch (endpoint) {
            case COMPLETIONS -> PromptTokens.ofPrompt(body.path("prompt"));
            case CHAT -> PromptTokens.ofMessages(body.path("messages"));
        };
        long room = model.service().compiledTokens() - input;
        long output = output(endpoint, body, room);
        if (room < 1 || output > room) {
            throw OpenAiException.tooLong(
                    endpoint.promptParameter(),
                    "This model's maximum context length is " + model.service().compiledTokens()
                            + " tokens. However, you requested " + (input + Math.max(1, output)) + " tokens (" + input
                            + " in the " + endpoint.promptParameter() + ", " + Math.max(1, output)
                            + " in the completion).");
        }
        return new TextRequest(new RequestSize(input, output), delivery(body));
    }

    private static long output(Endpoint endpoint, JsonNode body, long room) {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            JsonNode asked = body.path(name);
            if (isGiven(asked)) {
                if (!asked.isIntegralNumber() || !asked.canConvertToLong() || asked.longValue() < 1) {
                    throw OpenAiException.invalid(name, "'" + name + "' must be a whole number, 1 or more");
                }
                return asked.longValue();
            }
        }
        return switch (endpoint) {
            case COMPLETIONS -> DEFAULT_COMPLETION;
            case CHAT -> room;
        };
    }

    private static Delivery delivery(JsonNode body) {
        boolean isStream = isTrue(body, "stream");
        JsonNode options = body.path("stream_options");
        if (isGiven(options) && !isStream) {
            throw OpenAiException.invalid("stream_options", "'stream_options' goes with \"stream\": true");
        }
        return !isStream
                ? Delivery.WHOLE
                : isTrue(options, "include_usage") ? Delivery.STREAM_WITH_USAGE : Delivery.STREAM;
    }

    private static boolean isTrue(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        if (isGiven(value) && !value.isBoolean()) {
            throw OpenAiException.invalid(name, "'" + name + "' must be true or false");
        }
        return value.isBoolean() && value.booleanValue();
    }

    private static boolean isGiven(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }
}
