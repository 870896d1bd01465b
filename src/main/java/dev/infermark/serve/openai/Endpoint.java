package dev.infermark.serve.openai;

/** The two ways to ask for text. */
enum Endpoint {
    /** A prompt is continued. */
    COMPLETIONS("cmpl-", "text_completion", "text_completion", "prompt"),
    /** A conversation is continued. */
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk", "messages");

    private final String idPrefix;
    private final String wholeObject;
    private final String chunkObject;
    private final String promptParameter;

    Endpoint(String idPrefix, String wholeObject, String chunkObject, String promptParameter) {
        this.idPrefix = idPrefix;
        this.wholeObject = wholeObject;
        this.chunkObject = chunkObject;
        this.promptParameter = promptParameter;
    }

    String idPrefix() {
        return idPrefix;
    }

    /** The type of a whole answer. */
    String wholeObject() {
        return wholeObject;
    }

    /** The type of a piece of a streamed answer. */
    String chunkObject() {
        return chunkObject;
    }

    /** What holds the text of the request. */
    String promptParameter() {
        return promptParameter;
    }
}
