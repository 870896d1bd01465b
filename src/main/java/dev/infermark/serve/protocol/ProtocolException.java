package dev.infermark.serve.protocol;

/** A request that is answered by an error of the protocol. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Why a request fails. */
    public enum Kind {
        /** It is not what the protocol or the model takes. */
        INVALID,
        /** It names what is not there. */
        NOT_FOUND,
        /** The queue is full, or the server is about to end. */
        UNAVAILABLE,
        /** It is part of the protocol that this server does not have. */
        UNSUPPORTED
    }

    /** A failure in one line for the client. */
    public ProtocolException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** A request that is not what the protocol or the model takes. */
    public static ProtocolException invalid(String message) {
        return new ProtocolException(Kind.INVALID, message);
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    /** The message for the client. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
