package dev.infermark.serve.openai;

import dev.infermark.runtime.continuous.RequestSize;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to one request, whole or in pieces. Its tokens are placeholders, no text of a model.
 *
 * @param endpoint what was asked
 * @param id of the answer
 * @param created seconds since 1970
 * @param model served name
 * @param request what it asks for
 */
record Answers(Endpoint endpoint, String id, long created, String model, TextRequest request) {
    /** What stands for each token; most tokenizers have it as one. */
    static final String PLACEHOLDER = " _";

    /** Says, in every answer, what it is. */
    private static final String FINGERPRINT = "infermark-modelled-placeholders";

    /** The end of a stream. */
    static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    /** The whole answer. */
    byte[] whole() {
        ObjectNode answer = start(endpoint.wholeObject());
        ObjectNode choice = choice(answer);
        String text = PLACEHOLDER.repeat(Math.toIntExact(request.size().outputTokens()));
        switch (endpoint) {
            case COMPLETIONS -> choice.put("text", text);
            case CHAT -> choice.putObject("message").put("role", "assistant").put("content", text);
        }
        choice.put("finish_reason", "length");
        usage(answer);
        return JsonMapper.shared().writeValueAsBytes(answer);
    }

    /** The piece with the first token, which in a chat tells whose words they are. */
    byte[] firstPiece(boolean isLast) {
        return piece(true, isLast);
    }

    /** A piece with a further token. */
    byte[] piece() {
        return piece(false, false);
    }

    /** The piece with the last token, where it is not the first. */
    byte[] lastPiece() {
        return piece(false, true);
    }

    private byte[] piece(boolean isFirst, boolean isLast) {
        ObjectNode chunk = start(endpoint.chunkObject());
        ObjectNode choice = choice(chunk);
        switch (endpoint) {
            case COMPLETIONS -> choice.put("text", PLACEHOLDER);
            case CHAT -> {
                ObjectNode delta = choice.putObject("delta");
                if (isFirst) {
                    delta.put("role", "assistant");
                }
                delta.put("content", PLACEHOLDER);
            }
        }
        if (isLast) {
            choice.put("finish_reason", "length");
        } else {
            choice.putNull("finish_reason");
        }
        if (request.delivery() == TextRequest.Delivery.STREAM_WITH_USAGE) {
            chunk.putNull("usage");
        }
        return event(chunk);
    }

    /** The piece with the usage alone. */
    byte[] usagePiece() {
        ObjectNode chunk = start(endpoint.chunkObject());
        chunk.putArray("choices");
        usage(chunk);
        return event(chunk);
    }

    private ObjectNode start(String object) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model)
                .put("system_fingerprint", FINGERPRINT);
    }

    private static ObjectNode choice(ObjectNode answer) {
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.putNull("logprobs");
        return choice;
    }

    private void usage(ObjectNode answer) {
        RequestSize size = request.size();
        answer.putObject("usage")
                .put("prompt_tokens", size.inputTokens())
                .put("completion_tokens", size.outputTokens())
                .put("total_tokens", size.total());
    }

    private static byte[] event(ObjectNode chunk) {
        return ("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
