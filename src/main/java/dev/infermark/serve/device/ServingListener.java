package dev.infermark.serve.device;

import java.util.List;

/**
 * Is told what the server does, for metrics: one call of {@link #executed} for each call of the device, one of
 * {@link #answered} for each request. Called on the threads that serve requests, several at a time, so that it must be
 * quick, must not block and must not throw.
 *
 * <p>Hand them to {@link ModelQueue} and to the service that answers; {@link #all} makes one of several.
 */
public interface ServingListener {

    /** A call leaves for the device; it ends at an instant that is still to come. */
    default void executed(Execution execution) {}

    /** A request has ended, for better or worse. */
    default void answered(Answer answer) {}

    /** A listener that tells all of these, in their order. */
    static ServingListener all(List<? extends ServingListener> listeners) {
        List<ServingListener> copy = List.copyOf(listeners);
        return new ServingListener() {
            @Override
            public void executed(Execution execution) {
                copy.forEach(each -> each.executed(execution));
            }

            @Override
            public void answered(Answer answer) {
                copy.forEach(each -> each.answered(answer));
            }
        };
    }
}
