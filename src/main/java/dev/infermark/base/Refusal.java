package dev.infermark.base;

/** A prediction that the models decline to make, because it would be a guess; the message says of what and why. */
public final class Refusal extends UserError {
    private static final long serialVersionUID = 1L;

    /** Creates a refusal whose message names what is not modelled. */
    public Refusal(String message) {
        super(message);
    }
}
