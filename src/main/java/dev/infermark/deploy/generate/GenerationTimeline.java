package dev.infermark.deploy.generate;

import java.util.List;

/**
 * The first token and a further one of a request, layer by layer.
 *
 * @param prefill what runs up to the first token, which sums to its time
 * @param step what runs for the median token, which sums to its time
 */
public record GenerationTimeline(List<LayerTime> prefill, List<LayerTime> step) {

    /** Copies the lists. */
    public GenerationTimeline {
        prefill = List.copyOf(prefill);
        step = List.copyOf(step);
    }
}
