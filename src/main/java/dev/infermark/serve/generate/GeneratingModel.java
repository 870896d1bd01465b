package dev.infermark.serve.generate;

import dev.infermark.runtime.continuous.DecodingService;

/**
 * A model that generates.
 *
 * @param name what clients call it
 * @param origin where its times come from
 * @param service its copies, and how long their calls take
 * @param coresPerCopy NeuronCores that share a copy; copies lie side by side from the first core on
 * @param queueLimit most requests that wait for a slot
 */
public record GeneratingModel(
        String name, String origin, DecodingService service, int coresPerCopy, int queueLimit) {}
