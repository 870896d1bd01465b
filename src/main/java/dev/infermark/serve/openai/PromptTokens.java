package dev.infermark.serve.openai;

import tools.jackson.databind.JsonNode;

/**
 * How many tokens a prompt has. There is no tokenizer here: token ids are counted, and text counts as a token for every
 * four characters, as OpenAI's documentation estimates English.
 */
final class PromptTokens {
    private static final int CHARACTERS = 4;

    private PromptTokens() {}

    /** The tokens of a completion's prompt: a text, token ids, or a list of one of these. */
    static long ofPrompt(JsonNode prompt) {
        if (prompt.isString()) {
            return ofText(prompt.stringValue());
        }
        if (prompt.isArray() && !prompt.isEmpty()) {
            if (prompt.values().stream().allMatch(JsonNode::isIntegralNumber)) {
                return prompt.size();
            }
            if (prompt.size() == 1) {
                return ofPrompt(prompt.required(0));
            }
        }
        throw OpenAiException.invalid(
                "prompt", "'prompt' must be one text, or the ids of one text's tokens; send one request for each");
    }

    /** The tokens of a chat's messages, without what a template adds. */
    static long ofMessages(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw OpenAiException.invalid("messages", "'messages' must be a list with one message or more");
        }
        return messages.values().stream().mapToLong(PromptTokens::ofMessage).sum();
    }

    private static long ofMessage(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isString()) {
            return ofText(content.stringValue());
        }
        if (content.isArray() && !content.isEmpty()) {
            return content.values().stream().mapToLong(PromptTokens::ofPart).sum();
        }
        throw OpenAiException.invalid(
                "messages", "each message must have a 'content' that is text, or a list of one text or more");
    }

    private static long ofPart(JsonNode part) {
        JsonNode text = part.path("text");
        if (!text.isString()) {
            throw OpenAiException.invalid("messages", "parts of a message's content other than text are not modelled");
        }
        return ofText(text.stringValue());
    }

    private static long ofText(String text) {
        return Math.max(1, Math.ceilDiv(text.codePointCount(0, text.length()), CHARACTERS));
    }
}
