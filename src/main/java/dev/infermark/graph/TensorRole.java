package dev.infermark.graph;

/** What a tensor is to the network. */
public enum TensorRole {
    /** Given by the caller on each inference. */
    INPUT,
    /** Learned, counted as a parameter, loaded with the model. */
    PARAMETER,
    /** Fixed but not learned, such as the running mean of a batch normalisation; loaded with the model. */
    CONSTANT,
    /** Kept on the device from one inference to the next, such as the keys and values of earlier tokens. */
    STATE,
    /** Computed by an operator. */
    ACTIVATION;

    /** Whether the tensor is loaded with the model and stays the same from one inference to the next. */
    public boolean isStored() {
        return this == PARAMETER || this == CONSTANT;
    }
}
