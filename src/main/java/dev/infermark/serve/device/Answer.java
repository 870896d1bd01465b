package dev.infermark.serve.device;

/**
 * What became of a request for an inference.
 *
 * @param model the served name
 * @param outcome how it ended
 * @param batchSize sequences or images that it carried; 0 where it never reached the queue
 * @param queueSeconds modelled time for which it waited; 0 where it never left
 * @param computeSeconds modelled time from its start to its end on the device; 0 where it never left
 */
public record Answer(String model, Outcome outcome, int batchSize, double queueSeconds, double computeSeconds) {

    /** How a request ended. */
    public enum Outcome {
        /** Answered in full. */
        ANSWERED,
        /** Refused, since it is not what the model takes. */
        REFUSED,
        /** Turned away from a full queue, or from a server that ends. */
        TURNED_AWAY,
        /** The client was gone before it had its answer. */
        ABANDONED
    }

    /** A request that never left for the device. */
    public static Answer without(String model, Outcome outcome) {
        return new Answer(model, outcome, 0, 0, 0);
    }
}
