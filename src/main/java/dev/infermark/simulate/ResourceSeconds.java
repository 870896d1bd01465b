package dev.infermark.simulate;

import java.util.List;

/**
 * Seconds of each resource.
 *
 * @param tensor of the systolic array
 * @param vector of the Vector engine
 * @param scalar of the Scalar engine
 * @param gpsimd of the GPSIMD engine
 * @param dma of the DMA engines
 */
public record ResourceSeconds(double tensor, double vector, double scalar, double gpsimd, double dma) {
    /** No time of any resource. */
    public static final ResourceSeconds NONE = new ResourceSeconds(0, 0, 0, 0, 0);

    private static final List<Resource> ALL = List.of(Resource.values());

    /** Time of one resource alone. */
    public static ResourceSeconds of(Resource resource, double seconds) {
        return switch (resource) {
            case TENSOR -> new ResourceSeconds(seconds, 0, 0, 0, 0);
            case VECTOR -> new ResourceSeconds(0, seconds, 0, 0, 0);
            case SCALAR -> new ResourceSeconds(0, 0, seconds, 0, 0);
            case GPSIMD -> new ResourceSeconds(0, 0, 0, seconds, 0);
            case DMA -> new ResourceSeconds(0, 0, 0, 0, seconds);
        };
    }

    /** The seconds of a resource. */
    public double of(Resource resource) {
        return switch (resource) {
            case TENSOR -> tensor;
            case VECTOR -> vector;
            case SCALAR -> scalar;
            case GPSIMD -> gpsimd;
            case DMA -> dma;
        };
    }

    /** All resources together. */
    public double sum() {
        return tensor + vector + scalar + gpsimd + dma;
    }

    /** The resource with most seconds. */
    public Resource largest() {
        Resource largest = Resource.TENSOR;
        for (Resource resource : ALL) {
            if (of(resource) > of(largest)) {
                largest = resource;
            }
        }
        return largest;
    }

    /** The seconds of both. */
    public ResourceSeconds plus(ResourceSeconds other) {
        return new ResourceSeconds(
                tensor + other.tensor,
                vector + other.vector,
                scalar + other.scalar,
                gpsimd + other.gpsimd,
                dma + other.dma);
    }

    /** All seconds times a factor. */
    public ResourceSeconds times(double factor) {
        return new ResourceSeconds(
                factor * tensor, factor * vector, factor * scalar, factor * gpsimd, factor * dma);
    }
}
