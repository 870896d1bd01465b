package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.List;

/**
 * Keeps of overlapping boxes the one with the best score, class by class.
 *
 * <p>Takes boxes, FP32 b×n×4, each as two opposite corners (x, y, x, y), and scores, FP32 b×c×n. Gives the positions of
 * the boxes kept for each image and class in descending order of score, INT32 b×c×{@code most}, filled up with -1, and
 * their number, INT32 b×c. Boxes are looked at in the order of their scores, of equal ones the earlier first; a box is
 * kept unless its intersection over union with one kept before is above the threshold. Boxes without area overlap
 * nothing. NaN is refused with the first one's place named. How long it takes depends on the data, so that it has no
 * cost.
 *
 * @param overlapThreshold intersection over union above which a box is dropped, from 0 to 1
 * @param scoreThreshold boxes count only with a score above it
 * @param most how many boxes are kept of a class at most, from 1 to 3968
 */
public record NonMaximumSuppression(float overlapThreshold, float scoreThreshold, int most)
        implements CustomOperator {
    /** How many boxes are ranked at a time. */
    private static final int RANKED = 256;

    private static final int EDGES = 4;
    private static final int MOST = (Processor.LOCAL_BYTES - RANKED * Ranking.BYTES) / (EDGES * Float.BYTES);

    /** At most 100 boxes of a class, half overlapping at most. */
    public NonMaximumSuppression() {
        this(0.5f, 0, 100);
    }

    /** Refuses thresholds that are no numbers and more boxes than local memory holds. */
    public NonMaximumSuppression {
        if (!(overlapThreshold >= 0 && overlapThreshold <= 1) || Float.isNaN(scoreThreshold)) {
            throw new IllegalArgumentException("overlapThreshold " + overlapThreshold + " is not from 0 to 1, or"
                    + " scoreThreshold " + scoreThreshold + " is no number");
        }
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("most: " + most + " is not from 1 to " + MOST);
        }
    }

    @Override
    public String name() {
        return "nonMaximumSuppression";
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Operands.requireCount(this, inputs, 2);
        TensorSpec boxes = inputs.getFirst();
        TensorSpec scores = inputs.getLast();
        Operands.require(
                boxes.type() == DataType.FP32
                        && scores.type() == DataType.FP32
                        && boxes.rank() == 3
                        && scores.rank() == 3
                        && boxes.size(2) == EDGES
                        && boxes.size(0) == scores.size(0)
                        && boxes.size(1) == scores.size(2),
                this,
                "fp32 boxes b×n×4 and fp32 scores b×c×n",
                inputs);
        return List.of(
                TensorSpec.of(DataType.INT32, scores.size(0), scores.size(1), most),
                TensorSpec.of(DataType.INT32, scores.size(0), scores.size(1)));
    }

    @Override
    public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
        Tensor boxes = inputs.getFirst();
        Tensor scores = inputs.getLast();
        int boxesPerImage = scores.size(2);
        int classes = scores.size(1);
        Tensor rankedScores = processor.local(DataType.FP32, RANKED);
        Tensor rankedBoxes = processor.local(DataType.INT32, RANKED);
        Tensor kept = processor.local(DataType.FP32, EDGES * most);
        IntAccessor chosen = outputs.getFirst().ints();
        int all = scores.size(0) * classes;
        for (int item = processor.firstOf(all); item < processor.lastOf(all); item++) {
            int firstBox = item / classes * boxesPerImage;
            int firstScore = item * boxesPerImage;
            refuseNan(processor, "boxes", boxes, firstBox * EDGES, boxesPerImage * EDGES);
            refuseNan(processor, "scores", scores, firstScore, boxesPerImage);
            processor.fill(outputs.getFirst(), item * most, most, -1);
            int count = 0;
            int ranked;
            float lastScore = Float.POSITIVE_INFINITY;
            int lastBox = -1;
            do {
                ranked = rank(processor, scores, firstScore, lastScore, lastBox, rankedScores, rankedBoxes);
                for (int i = 0; i < ranked && count < most; i++) {
                    lastScore = rankedScores.floats().at(i);
                    lastBox = rankedBoxes.ints().at(i);
                    if (isKept(processor, boxes, firstBox + lastBox, kept, count)) {
                        chosen.put(item * most + count, lastBox);
                        count++;
                    }
                }
            } while (ranked == RANKED && count < most);
            outputs.getLast().ints().put(item, count);
        }
    }

    /** Ranks the best scores among those that come after the last one looked at, and tells how many they are. */
    private int rank(
            Processor processor,
            Tensor scores,
            int start,
            float lastScore,
            int lastBox,
            Tensor rankedScores,
            Tensor rankedBoxes) {
        FloatAccessor elements = scores.floats();
        FloatAccessor ranked = rankedScores.floats();
        int end = start + scores.size(2);
        int next = start;
        int size = 0;
        float least = scoreThreshold;
        while ((next = processor.firstAbove(scores, next, end - next, least)) < end) {
            float score = elements.at(next);
            int box = next - start;
            if (score < lastScore || (score == lastScore && box > lastBox)) {
                size = Ranking.insert(rankedScores, rankedBoxes, size, score, box);
                least = size == RANKED ? ranked.at(RANKED - 1) : scoreThreshold;
            }
            next++;
        }
        return size;
    }

    /** Adds the box to those kept unless it overlaps one of them. */
    private boolean isKept(Processor processor, Tensor boxes, int box, Tensor kept, int count) {
        FloatAccessor edges = boxes.floats();
        float x0 = edges.at(box * EDGES);
        float y0 = edges.at(box * EDGES + 1);
        float x1 = edges.at(box * EDGES + 2);
        float y1 = edges.at(box * EDGES + 3);
        float left = Math.min(x0, x1);
        float top = Math.min(y0, y1);
        float right = Math.max(x0, x1);
        float bottom = Math.max(y0, y1);
        if (processor.overlapsAny(kept, count, left, top, right, bottom, overlapThreshold)) {
            return false;
        }
        FloatAccessor planes = kept.floats();
        planes.put(count, left);
        planes.put(most + count, top);
        planes.put(2 * most + count, right);
        planes.put(3 * most + count, bottom);
        return true;
    }

    /** Only NaN ranks above infinity. */
    private void refuseNan(Processor processor, String name, Tensor tensor, int at, int length) {
        int found = processor.firstAbove(tensor, at, length, Float.POSITIVE_INFINITY);
        if (found < at + length) {
            throw new IllegalArgumentException(name + " (" + tensor + "): element " + found + " is NaN");
        }
    }

    /** The 8732 boxes and 21 classes of SSD300 for one image. */
    @Override
    public List<TensorSpec> example() {
        return List.of(TensorSpec.of(DataType.FP32, 1, 8732, EDGES), TensorSpec.of(DataType.FP32, 1, 21, 8732));
    }

    /** Boxes of up to 0.4 by 0.4 around places from -1 to 1. */
    @Override
    public List<Tensor> exampleInputs() {
        Tensor boxes = Examples.uniform(example().getFirst());
        FloatAccessor edges = boxes.floats();
        for (int i = 0; i < boxes.elements(); i += EDGES) {
            for (int axis = 0; axis < 2; axis++) {
                edges.put(i + 2 + axis, edges.at(i + axis) + 0.2f + 0.2f * edges.at(i + 2 + axis));
            }
        }
        return List.of(boxes, Examples.uniform(example().getLast()));
    }
}
